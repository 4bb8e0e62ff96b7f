"""What was measured of generation, for people."""

from evaluation.bench.generation import AnswerFigures, Comparison


def generation_report(comparison: Comparison) -> str:
    """The ways as a Markdown table, what they were asked before it."""
    prompts = [("One prompt", comparison.single), *(("Ours", prompt) for prompt in comparison.ours)]
    asked = "\n\n".join(f"### {name}\n\n{prompt.system}\n\n{prompt.user}" for name, prompt in prompts)
    slowest = comparison.ways[0]
    lines = [
        f"Weights: {comparison.memory_bytes / 1e6:.0f} MB",
        "| way | seconds (least to most) | times faster | prompt tokens | written | well-formed |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for way in comparison.ways:
        ratios = sorted(one / other for one, other in zip(slowest.seconds, way.seconds, strict=True))
        lines.append(
            f"| {way.name} | {way.median:.2f} ({min(way.seconds):.2f} to {max(way.seconds):.2f}) "
            f"| {slowest.median / way.median:.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f}) "
            f"| {way.prompt_tokens} | {way.completion_tokens} | {way.well_formed} of {len(way.seconds)} |"
        )
    return f"{asked}\n\n" + "\n".join(lines)


def answers_report(figures: AnswerFigures) -> str:
    """One line."""
    return (
        f"{figures.answers} answers ({figures.texts} texts): {figures.malformed} malformed, "
        f"{figures.invented} with a book that the library does not hold"
    )
