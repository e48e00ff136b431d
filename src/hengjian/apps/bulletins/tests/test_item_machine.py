"""Whatever order people act in: one state of the table, the submit fact stands exactly while the office has the item."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins import rounds
from hengjian.apps.bulletins.acts import amend as amending
from hengjian.apps.bulletins.acts import retype as retyping
from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.acts.decide import approve, send_back
from hengjian.apps.bulletins.acts.edit import edit
from hengjian.apps.bulletins.acts.office import receive, return_item
from hengjian.apps.bulletins.acts.submit import submit, take_way_out
from hengjian.apps.bulletins.acts.take_back import cancel, restore, withdraw
from hengjian.apps.bulletins.acts.undo import undo
from hengjian.apps.bulletins.can import can
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.models import Fact, ReviewStep
from hengjian.apps.bulletins.states import TABLE, WITH_THE_OFFICE, Verb
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError

PEOPLE = st.sampled_from(["writer", "head", "leader", "president", "editor", "neighbour"])
DRAFTS = st.builds(
    ItemDraft,
    title=st.sampled_from(["甲", "乙"]),
    body=st.sampled_from(["一段。", "两段。\n又一段。"]),
    category=st.sampled_from(["experience", "problem"]),
    importance=st.sampled_from(["general", "important"]),
)
ACTS = {
    Verb.SUBMIT: (submit, {}),
    Verb.WITHDRAW: (withdraw, {}),
    Verb.CANCEL: (cancel, {"reason": "不报"}),
    Verb.RESTORE: (restore, {}),
    Verb.APPROVE: (approve, {}),
    Verb.SEND_BACK: (send_back, {"opinion": "请改"}),
    Verb.RECEIVE: (receive, {}),
    Verb.RETURN: (return_item, {"reasons": ["facts"]}),
    Verb.UNDO: (undo, {}),
    Verb.WAY_OUT: (take_way_out, {"way_out": "without_leader", "reason": "外出"}),
    Verb.RETYPE: (retyping.retype, {"category": "problem", "importance": "important", "reason": "要紧"}),
}


def machine_for(story):
    class Life(RuleBasedStateMachine):
        @initialize(draft=DRAFTS)
        def begin(self, draft):
            self.at = story.at
            self.item = create(
                self.actor("writer"),
                installation=story.installation,
                unit=story.unit("civil1"),
                draft=draft,
                client_key=f"machine-{Entry.objects.count()}",
            )

        def actor(self, key):
            self.at += timedelta(minutes=1)
            return story.actor(key, self.at)

        def attempt(self, verb, key, act, **values):
            actor = self.actor(key)
            offered = verb in can(actor, self.item, pack_for(self.item.installation, actor.at)).verbs
            before = self.item.version
            try:
                self.item = act(actor, self.item, version=before, **values)
            except HengjianError:
                self.item.refresh_from_db()
                assert self.item.version == before
            else:
                assert offered
                assert self.item.version == before + 1

        @rule(verb=st.sampled_from(sorted(ACTS)), key=PEOPLE)
        def act(self, verb, key):
            act, values = ACTS[verb]
            self.attempt(verb, key, act, **values)

        @rule(verb=st.sampled_from(sorted(ACTS)))
        def act_as_somebody_who_may(self, verb):
            for key in ("writer", "head", "leader", "editor"):
                actor = story.actor(key, self.at)
                if verb in can(actor, self.item, pack_for(self.item.installation, self.at)).verbs:
                    act, values = ACTS[verb]
                    return self.attempt(verb, key, act, **values)
            return None

        @rule(draft=DRAFTS)
        def write(self, draft):
            with suppress(HengjianError):
                self.item = edit(self.actor("writer"), self.item, draft=draft)

        @rule(key=PEOPLE, body=st.sampled_from(["改一。", "改二。"]), again=st.booleans())
        def amend(self, key, body, again):
            with suppress(HengjianError):
                self.item = amending.amend(self.actor(key), self.item, title="甲", body=body, ask_again=again)

        @invariant()
        def the_submit_fact_stands_while_the_office_has_it(self):
            standing = Fact.objects.standing().filter(item=self.item, kind="submit").count()
            assert standing == (1 if self.item.state in WITH_THE_OFFICE else 0)

        @invariant()
        def the_state_is_known_and_something_can_follow(self):
            assert any(state == self.item.state for state, _ in TABLE)

        @invariant()
        def exactly_the_reviewed_wait_for_a_signature(self):
            waiting = [
                s for s in rounds.deciding(rounds.current(self.item)) if s.state == ReviewStep.State.OPEN
            ]
            if self.item.state == "in_review":
                assert waiting
            if self.item.state in ("draft", "returned", "cancelled"):
                assert not waiting

        @invariant()
        def a_number_is_given_once(self):
            if self.item.filed_at:
                assert self.item.number

        @invariant()
        def revisions_count_up(self):
            numbers = list(self.item.revisions.order_by("n").values_list("n", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))

    return Life


@pytest.mark.slow
def test_any_order_of_acts_keeps_the_item_in_order(story):
    limits = settings(
        max_examples=25,
        stateful_step_count=14,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],  # shrinking walks the database for minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine_for(story), settings=limits)
