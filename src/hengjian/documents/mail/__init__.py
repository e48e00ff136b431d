"""Mail as it comes: any bytes in, a plain reading out. Nothing here trusts a header, a charset or a file name."""

from hengjian.documents.mail.mbox import split_mbox
from hengjian.documents.mail.model import Bounce, MailFile, ReadMail
from hengjian.documents.mail.reading import READABLE, Reader
from hengjian.documents.mail.subject import Pattern, Understood

__all__ = ["READABLE", "Bounce", "MailFile", "Pattern", "ReadMail", "Reader", "Understood", "split_mbox"]
