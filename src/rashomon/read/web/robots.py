"""robots.txt as RFC 9309 defines it: groups of rules, the longest matching path decides, `*` and `$` in paths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

AGENT = "rashomon"
MOST_BYTES = 512_000  # RFC 9309, 2.5: at least 500 kibibytes are to be read


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host that hold for us: (allowed, path pattern), and the delay that it asks for, in seconds."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    @classmethod
    def of(cls, text: str) -> Robots:
        """The rules of the groups that name us, else of those for everyone."""
        groups: dict[str, list[tuple[str, str]]] = {}
        agents: list[str] = []
        in_rules = False
        for line in text.splitlines():
            name, sign, value = (part.strip() for part in line.partition("#")[0].partition(":"))
            name = name.lower()
            if not sign:
                continue
            if name == "user-agent":
                agents = [] if in_rules else agents
                in_rules = False
                agents.append(re.match(r"[\w*-]*", value)[0].lower())  # type: ignore[index]
                groups.setdefault(agents[-1], [])
            elif name in ("allow", "disallow", "crawl-delay"):
                in_rules = True
                for agent in agents:
                    groups[agent].append((name, value))
        chosen = groups.get(AGENT, groups.get("*", []))
        rules = tuple((name == "allow", value) for name, value in chosen if name != "crawl-delay" and value)
        delays = [float(v) for name, v in chosen if name == "crawl-delay" and re.fullmatch(r"\d{1,6}(?:\.\d+)?", v)]
        return cls(rules, max(delays, default=0.0))

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched; where two rules are equally long, the one that allows counts."""
        parts = urlsplit(url)
        path = _even(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        matching = [(len(rule), allowed) for allowed, rule in self.rules if _matches(rule, path)]
        return max(matching, default=(0, True))[1]


def _even(path: str) -> str:
    """A path in one spelling, so that `%7E` and `~` are the same."""
    return quote(unquote(path), safe="/~!$&'()*+,;=:@%-._")


def _matches(rule: str, path: str) -> bool:
    ended = rule.endswith("$")
    pieces = [re.escape(_even(piece)) for piece in rule.removesuffix("$").split("*")]
    return re.match(".*?".join(pieces) + (r"\Z" if ended else ""), path, re.DOTALL) is not None
