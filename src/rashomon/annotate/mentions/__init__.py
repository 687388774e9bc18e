"""Mentions: names, nominal mentions and pronouns of an article, with chains of those that refer to the same thing.

`names` repairs what the recogniser gave, `gather` adds nominals and pronouns, `chains` links. A wrong link is worse
than none: what has no sure antecedent stays in a chain of its own.
"""

from __future__ import annotations

from rashomon.annotate.language import ParsedArticle
from rashomon.annotate.mentions.chains import Linker
from rashomon.annotate.mentions.gather import gather
from rashomon.model.identity import identify
from rashomon.model.records import Mention


def find(parsed: ParsedArticle) -> tuple[Mention, ...]:
    """The mentions of an article in reading order, chains numbered from 0 in order of their first mention."""
    found = gather(parsed)
    linker = Linker(found, parsed.text)
    linker.link()
    numbers: dict[int, int] = {}
    mentions = []
    for mention, chain, reason in zip(found, linker.chain_of, linker.reasons, strict=True):
        if chain is None:
            raise AssertionError(f"a mention without a chain: {mention.text}")
        number = numbers.setdefault(chain.number, len(numbers))
        mentions.append(
            Mention(
                mention_id=identify("m", parsed.article_id, mention.start, mention.end),
                article_id=parsed.article_id,
                start=mention.start,
                end=mention.end,
                text=mention.text,
                kind=chain.kind if mention.form == "pronoun" else mention.kind,
                form=mention.form,
                chain=number,
                reason=reason,
            )
        )
    return tuple(mentions)
