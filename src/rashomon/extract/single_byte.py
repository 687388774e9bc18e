"""Which encoding of one byte a character wrote a mostly English text: the one in which its odd characters stand well.

The bytes beyond ASCII are few in such a text, too few for statistics of letters, and they are mostly marks: a quotation
mark opens before a letter, an apostrophe stands between two, a sum follows its currency, a capital begins a word. Read
in a wrong encoding they become letters and signs in places where none stands.
"""

from __future__ import annotations

import re

# In the order in which they are believed where two fit alike: Windows, the old Macintosh, DOS.
_ENCODINGS = ("cp1252", "mac_roman", "cp850")
# Of the bytes, at most, and some more in a short text; in Czech or Russian more are, and statistics tell it well.
_MOST, _ALLOWED = 0.05, 6
# Of the odd characters, at most, may stand where they should not. With one in two 454 of 460 development texts are read
# right from Windows-1252 and 451 of 459 from Mac Roman, with one in five 447 and 445; by statistics alone 235 and 20.
_FAIR = 0.5
_PLACES = (
    r"(?<!\w)[“‘„‚«‹](?=[\w\"'“‘(\[$£€¿¡…])",  # an opening mark
    r"(?<=[\w.,;:!?…%)\]\"'”’£$€-])[”’»›]",  # a closing mark or an apostrophe
    r"(?<!\S)’(?=\w)",  # an apostrophe at the head of a word
    r"(?<!\w)[“”«»](?!\w)",  # a mark set apart, as in French
    r"[–—…•·†‡™®©\u00a0\u00ad]",
    r"[£€¥¢](?=\s?\d)|(?<=[\d ])[€£¢°]",
    r"(?<=\d)[°½¼¾²³ªº×±]|(?<!\w)[½¼¾±§¶](?=[\s\d])|[¿¡](?=\w)|(?<=\w)[²³ªº]",
    r"(?<=[^\W\d_])[à-öø-ÿœšžƒßı](?!\d)|(?<!\w)[à-öø-ÿœšž](?=[^\W\d_])",  # small letters in words
    r"(?<!\w)[À-ÖØ-ÞŒŠŽŸ](?=[a-zà-öø-ÿœšž’'.])",  # a capital that begins a word
    r"(?<=[A-ZÀ-ÖØ-Þ])[À-ÖØ-ÞŒŠŽŸ](?![a-zà-ÿ])",  # one in a word in capitals
    r"(?<!\w)[À-ÖØ-ÞŒŠŽŸ](?=[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ\W])",  # and one that begins such a word
)
_FITTING = re.compile(rf"(?=[^\x00-\x7f])(?:{'|'.join(_PLACES)})")
_ODD = re.compile(r"[^\x00-\x7f]")


def told(data: bytes) -> str | None:
    """The encoding in which nearly all odd characters stand well; None if there is none, or they are too many."""
    odd = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if odd > _MOST * len(data) + _ALLOWED:
        return None
    misplaced = {name: odd - _well_placed(data, name) for name in _ENCODINGS}
    best = min(_ENCODINGS, key=misplaced.__getitem__)
    return best if misplaced[best] <= _FAIR * odd else None


def _well_placed(data: bytes, encoding: str) -> int:
    return sum(len(_ODD.findall(match[0])) for match in _FITTING.finditer(data.decode(encoding, "replace")))
