"""The events of an order in a criminal case: a name, a crime, a punishment, a combination.

One pattern with a named group for each kind of event; read from left to right by ``sentences``.
"""

from __future__ import annotations

import re

from hengjian.extract.numbers import AMOUNT, TERM

ROLE = r"(?:(?:原审|一审)?(?:附带民事诉讼)?(?:被告人|被告单位|上诉人|罪犯|原审被告|抗诉人|被告)(?:单位)?[ ]*)"
_NAME = r"(?:[^，。；：、（）\s犯无]|（[^，。；：、（）\s\d]{1,20}）){1,40}?"  # 青禾（江岚）科技有限公司
_PERSON = r"[\u4e00-\u72ae\u72b0-\u9fff·×A-Za-zＸ*\d]{2,20}"  # everything but 犯
_RECEIVES = (
    r"(?=[ ]*(?:，?(?:均|都)?犯|无罪|，?免[予于除]|，?(?:均|分别)?判处|的行为|因犯|不负刑事|有期|拘役"
    r"|，?以[^，。；]{2,30}罪))"
)
_EVENTS = (
    rf"(?P<accused>{ROLE}(?P<names>{_NAME}(?:[、及和]{ROLE}?{_NAME}){{0,60}})){_RECEIVES}",
    rf"(?<=[；。\n、：， ])(?P<bare>{_PERSON}(?:、{_PERSON}){{0,30}}?)(?=[ ]*犯[^，。；]{{2,40}}罪)",
    r"以(?P<by>[^，。；：\n以]{2,40}?罪)，?(?:分别|各|均)?判处(?=(?P<later>[ \n]*(?:原审)?(?:被告|上诉人))?)",
    r"(?:犯有?|构成)、?(?P<charge>[^，。；：\n]{2,60}?罪)(?=[，。；：\s（判单免均分处、并依和及]|$)",
    r"(?P<combine>数罪并罚|合并执行|(?:决定|应当?|共)执行|总和刑期|实行并罚|并罚)",
    r"(?P<former>(?:(?:与|连同|和|撤销)(?:前|原|其|本院|该犯|尚|所判|先前|余刑|没有)|前罪|原判|余刑|尚未执行)[^，；。]{0,40}?"
    r"(?=判?处?有期徒刑|判?处?拘役|判?处?管制|刑罚|罚金|判决|余刑|剥夺|缓刑))",
    r"(?P<death>死刑(?P<reprieve>，?缓期[二两2]年)?)",
    r"(?P<life>无期徒刑)",
    rf"(?P<kind>有期徒刑|拘役|管制)[ ]*(?P<term>{TERM.replace('?P<', '?P<t_')})",
    rf"(?:缓刑|缓期)(?:考验期限?)?[为 ]*(?P<probation>{TERM.replace('?P<', '?P<p_')})",
    rf"(?P<single>单处)?(?:处以?|科处?)?罚金(?:共计|合计|各|计|[：为 ])*(?P<fine>{AMOUNT.replace('?P<', '?P<f_')})",
    r"(?P<exempt>免[予于]?(?:除)?刑事处罚|免[予于]处罚|免除处罚)",
    r"(?P<free>无罪|不负刑事责任)",
)
EVENT = re.compile("|".join(_EVENTS))
