import type { PatientField } from "../prognosis/patient.ts";
import { ALP_UNITS, PATIENT_FIELDS, REQUIRED_FIELDS, parsePatient } from "../prognosis/patient.ts";
import type { Endpoint, Study } from "../prognosis/model.ts";
import { TUMOURS } from "../prognosis/model.ts";
import type { Labelled } from "../words/cli.ts";
import { help } from "../words/cli.ts";
import { FORMATS } from "./arguments.ts";
import { resultColumns } from "./csvOutput.ts";
import { labelled, paragraph } from "./layout.ts";

const INDENT = "  ";
const FIELD_COLUMN = 17;
const OPTION_COLUMN = 29;
const SHORT_COLUMN = 8;

/** The text of --help: fields, levels, columns and formats are the program's own lists, so that they cannot drift. */
export function helpText(study: Study): string {
  const rows = (all: readonly Labelled[], column: number): string[] =>
    all.flatMap(([label, text]) => labelled(label, text, column));
  const sections: string[][] = [
    [help.usage(FORMATS)],
    paragraph(help.purpose(study)),
    [help.file.title, ...paragraph(help.file.text, INDENT)],
    [help.options.title, ...rows(help.options.rows(FORMATS), OPTION_COLUMN)],
    [
      help.fields.title,
      ...rows(PATIENT_FIELDS.map(fieldRow), FIELD_COLUMN),
      ...paragraph(help.fields.text, INDENT),
    ],
    [
      help.csv.title,
      ...paragraph(help.csv.text(REQUIRED_FIELDS), INDENT),
      ...rows(help.csv.rows(ALP_UNITS), FIELD_COLUMN),
    ],
    [help.output.title, ...rows(help.output.rows(columnNames(study)), SHORT_COLUMN)],
    [help.exit.title, ...rows(help.exit.rows, SHORT_COLUMN), ...paragraph(help.exit.text, INDENT)],
    [help.examples.title, ...help.examples.lines.map((line) => INDENT + line)],
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function fieldRow(field: PatientField): Labelled {
  const allowed = help.fields.allowed(field);
  return REQUIRED_FIELDS.some((required) => required === field)
    ? [field, help.fields.required(allowed)]
    : [field, help.fields.optional(allowed, defaultOf(field))];
}

/** What the parser takes for a field that is absent; null where it is averaged. */
function defaultOf(field: PatientField): string | null {
  const parsed = parsePatient({ tumour: TUMOURS[0], ageYears: 60, ecogPs: 0 });
  if (!parsed.ok) throw new Error("the required fields are not enough for a patient");
  const value = parsed.value[field];
  return typeof value === "object" ? null : String(value);
}

function columnNames(study: Study): Record<"head" | Endpoint, string[]> {
  const names = resultColumns(study).map(({ name }) => name);
  const of = (endpoint: Endpoint): string[] => names.filter((name) => name.startsWith(endpoint));
  return { head: names.filter((name) => !/^(os|pfs)/.test(name)), os: of("os"), pfs: of("pfs") };
}
