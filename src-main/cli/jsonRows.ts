import { splitJson } from "./jsonSplitter.ts";
import type { Row } from "./row.ts";
import type { TextInput } from "./textInput.ts";
import { CommandError } from "./trouble.ts";

/**
 * The patients of a JSON file while they are asked for: the elements of an array, or the one object.
 *
 * @throws CommandError where the text is not JSON
 */
export async function* readJson({ file, chunks }: TextInput): AsyncGenerator<Row> {
  for await (const { text, line } of splitJson(decoded(chunks), file)) {
    yield { line, patient: parseJson(text, line, file), problems: [], cells: null, id: null };
  }
}

async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  for await (const chunk of chunks) yield chunk.toString("utf8");
}

function parseJson(text: string, line: number, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError({ code: "json-invalid", file, line }, { cause: error });
  }
}
