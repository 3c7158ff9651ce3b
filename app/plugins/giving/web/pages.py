"""The addresses of giving, each with its view and its permission."""

from collections.abc import Sequence

from app.plugin_api import Page
from app.plugins.giving import permissions as may
from app.plugins.giving.web import ask, asks, introductions, own, writing

_BOTH = ("GET", "POST")
_PRESS = ("POST",)

_ASKS = (
    Page(rule="/", view=asks.asks, permission=may.ASKS_VIEW, methods=_BOTH),
    Page(rule="/asks/<ask>", view=ask.ask, permission=may.ASKS_ANSWER, methods=_BOTH),
    Page(rule="/asks/<ask>/close", view=ask.close_ask, permission=may.ASKS_VIEW, methods=_PRESS),
)

_INTRODUCTIONS = (
    Page(
        rule="/introductions",
        view=introductions.introductions,
        permission=may.INTRODUCTION_MAKE,
        methods=_BOTH,
    ),
    Page(
        rule="/introductions/<introduction>",
        view=introductions.introduction,
        permission=may.INTRODUCTION_MAKE,
    ),
    Page(
        rule="/introductions/<introduction>/word",
        view=introductions.say_word,
        permission=may.INTRODUCTION_MAKE,
        methods=_PRESS,
    ),
    Page(
        rule="/introductions/<introduction>/take-back",
        view=introductions.withdraw_introduction,
        permission=may.INTRODUCTION_MAKE,
        methods=_PRESS,
    ),
    Page(
        rule="/introductions/<introduction>/outcome",
        view=introductions.outcome,
        permission=may.INTRODUCTION_MAKE,
        methods=_PRESS,
    ),
)

_WORDS = (
    Page(rule="/given", view=own.given, permission=may.OWN_VIEW),
    Page(rule="/words", view=own.words, permission=may.OWN_VIEW),
    Page(
        rule="/replies/<reply>/thanks", view=writing.thank_helper, permission=may.WORDS_WRITE, methods=_BOTH
    ),
    Page(
        rule="/introductions/<introduction>/thanks",
        view=writing.thank_introducer,
        permission=may.WORDS_WRITE,
        methods=_BOTH,
    ),
    Page(
        rule="/testimonials/for/<member>", view=writing.recommend, permission=may.WORDS_WRITE, methods=_BOTH
    ),
    Page(rule="/thanks/<thanks>/hide", view=own.hide_thanks, permission=may.OWN_VIEW, methods=_PRESS),
    Page(rule="/thanks/<thanks>/show", view=own.show_thanks, permission=may.OWN_VIEW, methods=_PRESS),
    Page(
        rule="/thanks/<thanks>/take-back",
        view=own.withdraw_thanks,
        permission=may.WORDS_WRITE,
        methods=_PRESS,
    ),
    Page(
        rule="/testimonials/<testimonial>/hide",
        view=own.hide_testimonial,
        permission=may.OWN_VIEW,
        methods=_PRESS,
    ),
    Page(
        rule="/testimonials/<testimonial>/show",
        view=own.show_testimonial,
        permission=may.OWN_VIEW,
        methods=_PRESS,
    ),
    Page(
        rule="/testimonials/<testimonial>/take-back",
        view=own.withdraw_testimonial,
        permission=may.WORDS_WRITE,
        methods=_PRESS,
    ),
)

PAGES: Sequence[Page] = (*_ASKS, *_INTRODUCTIONS, *_WORDS)
