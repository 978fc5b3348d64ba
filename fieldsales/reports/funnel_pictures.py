"""The pictures of the funnel and of the forecast, the same on screen and on paper."""

from __future__ import annotations

from fieldsales.domain.forecast import OVERDUE, UNDATED, Coverage, Outlook, Sums, coverage
from fieldsales.domain.funnel_review import FunnelReview
from fieldsales.drawing.charts import Bar, Step, columns, funnel
from fieldsales.drawing.shapes import Picture
from fieldsales.services.stages import pipeline_name, stage_name
from fieldsales.words import Words, minor_digits


def funnel_picture(review: FunnelReview, words: Words, width: float, size: float) -> Picture:
    """What stands in each stage, and how many went on; the key of a bar is its stage's id."""
    steps = []
    for totals, flow in zip(review.totals, review.flows, strict=True):
        usual = round(review.usual.get(totals.stage.id, 0))
        below = words("funnel.usual_days", n=usual)
        if flow.conversion is not None:
            share = words("funnel.went_on", share=percent(flow.conversion))
            below = words("funnel.both", one=share, other=below)
        steps.append(
            Step(
                label=stage_name(words, totals.stage),
                size=totals.count,
                inside=words.number(totals.count),
                aside=money(words, totals.sums),
                below=below,
                key=totals.stage.id,
            )
        )
    alt = words("funnel.picture", name=pipeline_name(words, review.pipeline))
    return funnel(steps, width, size=size, alt=alt)


PARTS = (("good", "won"), ("accent", "commit"), ("accent-soft", "best"), ("paper-3", "open"))


def forecast_picture(
    review: FunnelReview,
    words: Words,
    months: tuple[str, ...],
    currency: str,
    width: float,
    height: float,
    size: float,
) -> Picture:
    """Columns of months in one currency with their targets; the key of a column is its month."""
    bars = []
    for month in months:
        outlook = review.forecast.months.get(month, {}).get(currency, Outlook())
        heights = (
            outlook.won,
            outlook.commit - outlook.won,
            outlook.best - outlook.commit,
            outlook.won + outlook.open - outlook.best,
        )
        target = review.targets.get(month, {}).get(currency)
        bars.append(
            Bar(
                label=month_name(words, month),
                parts=tuple(
                    (role, float(part)) for (role, _), part in zip(PARTS, heights, strict=True)
                ),
                top=short_money(words, outlook.weighted, currency) if outlook.deals else "",
                mark=float(target) if target else None,
                key=month,
            )
        )
    legend = tuple((role, words(f"funnel.{name}")) for role, name in PARTS)
    alt = words("funnel.forecast_picture")
    marked = any(bar.mark for bar in bars)
    return columns(
        bars,
        legend,
        width,
        height,
        size=size,
        alt=alt,
        mark=words("forecast.column_target") if marked else "",
        note=words("funnel.weighted_above"),
    )


def month_name(words: Words, period: str) -> str:
    """`2026-12`, `2026-Q4` and the periods that are neither, as they are read."""
    if period in (OVERDUE, UNDATED):
        return words(f"funnel.{period}")
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return words("funnel.quarter", year=year, n=int(part[1:]))
    return words("funnel.month", year=year, month=words(f"funnel.month_name.{int(part)}"))


def against_target(words: Words, period: str, target: int, outlook: Outlook, currency: str) -> str:
    """How a month or quarter stands to its target, as a sentence."""
    covered = coverage(target, outlook)
    name = "covered" if covered.times else "uncovered"
    return words(
        f"report.funnel.{'reached' if covered.times is None else name}",
        period=month_name(words, period),
        target=short_money(words, target, currency),
        won=short_money(words, covered.won, currency),
        gap=short_money(words, covered.gap, currency),
        cover=cover(words, covered),
    )


def cover(words: Words, covered: Coverage) -> str:
    """How much of what is still to go is open: `2.3 times`, below once `40%`."""
    if not covered.times:
        return ""
    if covered.times < 1:
        return percent(covered.times)
    return words("forecast.times", n=f"{covered.times:.1f}")


def percent(share: float) -> str:
    return f"{round(100 * share)}%"


def money(words: Words, sums: Sums) -> str:
    """Each currency by itself, the larger sum first."""
    parts = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    texts = [short_money(words, amount, currency) for currency, amount in parts if amount]
    return words("funnel.and").join(texts)


def short_money(words: Words, amount: int, currency: str) -> str:
    """An amount without its cents."""
    digits = minor_digits(currency)
    whole = (amount + 10**digits // 2) // 10**digits * 10**digits
    return words.money(whole, currency, cents=False)
