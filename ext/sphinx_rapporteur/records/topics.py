"""Topics and goals: the sessions of each tag and of each Sustainable Development Goal."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sphinx_rapporteur.records.index import Topic, frozen
from sphinx_rapporteur.records.model import Event, Session
from sphinx_rapporteur.records.names import fold


def same_tag(tag: str) -> str:
    """Return what two spellings of one tag share: they may differ in case, accents, spaces and hyphens."""
    # Signs other than those tell tags apart: C and C++.
    folded = fold(tag)
    signs = re.sub(r"[\w\s\-‐-―'’.,;:!?/]", "", tag)
    return f"{folded} {signs}" if signs else folded


def slug_of(text: str) -> str:
    """Return an ASCII slug for a text; one without Latin letters gets a short digest of it."""
    slug = "-".join(re.findall(r"[a-z0-9]+", fold(text)))
    return slug or f"topic-{hashlib.sha256(fold(text).encode()).hexdigest()[:8]}"


def topics_of(sessions: Iterable[Session]) -> Mapping[str, Topic]:
    """Return the topics by slug, in its order; the first spelling met is the label."""
    labels: dict[str, str] = {}
    groups: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        for key in dict.fromkeys(same_tag(tag) for tag in session.tags):
            groups[key].append(session)
        for tag in session.tags:
            labels.setdefault(same_tag(tag), tag)
    topics: dict[str, Topic] = {}
    # The plainest tag gets the plain slug: C before C++.
    for key in sorted(groups, key=lambda key: (len(key), key)):
        base = slug = slug_of(labels[key])
        number = 1
        while slug in topics:
            number += 1
            slug = f"{base}-{number}"
        topics[slug] = Topic(slug, labels[key], tuple(groups[key]))
    return MappingProxyType(dict(sorted(topics.items())))


def former_tags(events: Iterable[Event], topics: Mapping[str, Topic]) -> Mapping[str, str]:
    """Return the slugs of topics by those that they had before, as events say; one in use stays."""
    slugs = {same_tag(topic.label): slug for slug, topic in topics.items()}
    found: dict[str, str] = {}
    for event in events:
        for tag in event.tags:
            slug = slugs.get(same_tag(tag.name))
            for former in map(slug_of, tag.aliases):
                if slug is not None and former not in topics:
                    found.setdefault(former, slug)
    return found


def sdg_order(sdg: str) -> tuple[int, bool, int, str]:
    """Order goals by number, each before its targets, numbered targets before lettered ones."""
    goal, _, target = sdg.partition(".")
    return int(goal), bool(target), int(target) if target.isdigit() else 100, target


def sdgs_of(sessions: Iterable[Session]) -> Mapping[str, tuple[Session, ...]]:
    """Return the sessions of each goal and target; a target's goal is there though no session names it."""
    groups: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        for sdg in dict.fromkeys(session.sdgs):
            groups[sdg].append(session)
            groups.setdefault(sdg.partition(".")[0], [])
    return frozen({sdg: groups[sdg] for sdg in sorted(groups, key=sdg_order)})
