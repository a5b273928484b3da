"""One item, however often it is published: airings and channels are added to it, and two that are one become one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.model.news_counting import tally
from forms.model.news_item import CHANNELS, Evidence, NewsItem, NewsKind, Origin, merged, repeated

ITEM = NewsItem("1", date(2025, 10, 5), "Hội thi nấu ăn", NewsKind.BRIEF, ("loudspeaker",), airings=2)
AGAIN = replace(ITEM, id="2", date=date(2025, 10, 9), channels=("website",), airings=3)

items = st.builds(
    NewsItem,
    st.uuids().map(lambda one: one.hex),
    st.integers(0, 90).map(lambda days: date(2025, 10, 1) + timedelta(days)),
    st.just("Tin"),
    st.sampled_from(NewsKind),
    st.sets(st.sampled_from([channel.id for channel in CHANNELS]), min_size=1).map(lambda some: tuple(sorted(some))),
    st.sampled_from(Origin),
    airings=st.integers(0, 50),
    counted=st.booleans(),
    evidence=st.sampled_from(["", "tr. 5", "tr. 6"]),
)


def test_an_item_published_again_is_the_same_item_with_more_channels_and_airings():
    again = repeated(ITEM, ("social_network", "loudspeaker"), 3)
    assert (again.id, again.channels, again.airings) == ("1", ("loudspeaker", "social_network"), 5)


def test_of_two_that_are_one_the_first_published_stays():
    assert merged(AGAIN, ITEM) == replace(ITEM, channels=("loudspeaker", "website"), airings=5)


def test_evidence_of_both_is_kept_and_the_same_file_once():
    photo, scan = Evidence("a" * 64, "anh.jpg", 10), Evidence("b" * 64, "sổ.pdf", 20)
    one = merged(replace(ITEM, files=(photo,), evidence="tr. 5"), replace(AGAIN, files=(photo, scan), evidence="tr. 6"))
    assert (one.files, one.evidence) == ((photo, scan), "tr. 5; tr. 6")


@pytest.mark.parametrize(("own", "relayed"), [(ITEM, AGAIN), (AGAIN, ITEM)])
def test_our_own_item_stays_ours_and_counted_when_its_relayed_double_is_merged_into_it(own, relayed):
    one = merged(own, replace(relayed, origin=Origin.RELAYED, counted=False))
    assert (one.origin, one.counted) == (Origin.OWN, True)


@given(items, items)
def test_merging_loses_no_channel_and_no_airing_whichever_is_named_first(one, other):
    both = merged(one, other)
    assert set(both.channels) == {*one.channels, *other.channels}
    assert both.airings == one.airings + other.airings
    assert both.date == min(one.date, other.date)
    assert both == merged(other, one)
    assert tally([both]) == max(tally([one]), tally([other]))
