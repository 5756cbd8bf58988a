import type { Outcome } from "./row.ts";

/** The one answer, indented for reading. */
export async function* writeOneJson(outcomes: AsyncIterable<Outcome>): AsyncGenerator<string> {
  for await (const outcome of outcomes) yield `${JSON.stringify(jsonOf(outcome), null, 2)}\n`;
}

/** An array with one answer a line, in the order of the input. */
export async function* writeJsonArray(outcomes: AsyncIterable<Outcome>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const outcome of outcomes) {
    yield `${separator}${JSON.stringify(jsonOf(outcome))}`;
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** The core's answer as it is, after the row's `id` where it has one; a refused row keeps its place with its problems. */
function jsonOf(outcome: Outcome): object {
  const { id, line } = outcome.row;
  const answer =
    "answer" in outcome ? outcome.answer : { status: "refused", line, problems: outcome.problems };
  return id === null ? answer : { id, ...answer };
}
