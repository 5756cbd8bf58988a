import type { Caution } from "../prognosis/applicability.ts";
import type { Answer, Estimate } from "../prognosis/estimate.ts";
import type { Endpoint, Study } from "../prognosis/model.ts";
import { ENDPOINTS } from "../prognosis/model.ts";
import { report } from "../words/cli.ts";
import { WIDTH, labelled, oneLine, paragraph } from "./layout.ts";
import type { Outcome } from "./row.ts";

const COLUMN = 17;
const INNER_INDENT = "    ";
/** The longest level of a covariate ("non-colorectal primary") and a gap. */
const CONTRIBUTION_COLUMN = 32;
/** Of a row's id, in a heading. */
const ID_LIMIT = 40;
const RULE = "-".repeat(WIDTH);

export interface ReportFacts {
  study: Study;
  appVersion: string;
  now: Date;
}

/** Reports for reading, one patient after the other, between one title and one footer. */
export async function* writeText(
  outcomes: AsyncIterable<Outcome>,
  facts: ReportFacts,
  single: boolean,
): AsyncGenerator<string> {
  yield text([...paragraph(report.title(facts.study)), ...paragraph(report.notForecast), ""]);
  let place = 0;
  for await (const outcome of outcomes) {
    place++;
    const heading = single ? report.patient : headingOf(outcome, place);
    yield text([...(single ? [] : [RULE]), ...patientLines(outcome, heading, facts.study)]);
  }
  yield text([RULE, ...report.footer(facts).flatMap((line) => paragraph(line))]);
}

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

function headingOf({ row }: Outcome, place: number): string {
  const id = row.id === null ? null : oneLine(row.id);
  const short = id !== null && id.length > ID_LIMIT ? `${id.slice(0, ID_LIMIT - 1)}…` : id;
  return report.heading(place, row.line, short);
}

function patientLines(outcome: Outcome, heading: string, study: Study): string[] {
  if (!("answer" in outcome)) {
    return [heading, ...paragraph(report.refused(outcome.problems.length), "  "), ""];
  }
  const { answer } = outcome;
  const rows = report.patientRows(answer.patient).flatMap(([label, value]) => labelled(label, value, COLUMN));
  return [
    heading,
    ...rows,
    "",
    report.status,
    ...paragraph(report.statusText[answer.status], "  "),
    "",
    ...cautionLines(answer),
    ...ENDPOINTS.flatMap((endpoint) => {
      const estimate = answer.estimates[endpoint];
      return estimate ? [...estimateLines(endpoint, estimate, answer, study), ""] : [];
    }),
  ];
}

function cautionLines({ cautions, status }: Answer): string[] {
  if (cautions.length === 0) return [];
  const { estimated, notEstimated } = report.cautions;
  const lines = (caution: Caution): string[] => [
    ...labelled(report.severity(caution), report.caution(caution), COLUMN),
    ...labelled("", report.cautionSource(caution), COLUMN),
  ];
  return [status === "not-estimated" ? notEstimated : estimated, ...cautions.flatMap(lines), ""];
}

function estimateLines(endpoint: Endpoint, estimate: Estimate, { patient }: Answer, study: Study): string[] {
  const model = study.models.find(({ id }) => id === estimate.model)!;
  const inner = (label: string, value: string, column = COLUMN): string[] =>
    labelled(label, value, column, INNER_INDENT);
  return [
    report.endpoint(endpoint),
    ...labelled(report.median, report.medianText(estimate), COLUMN),
    ...labelled(report.risk, report.riskText(estimate, patient.tumour), COLUMN),
    ...paragraph(report.landmarks[endpoint], "  "),
    ...estimate.landmarks.flatMap((point) => inner(report.landmark(point), report.landmarkText(point))),
    ...paragraph(report.outcomes, "  "),
    ...report.outcomeRows(estimate).flatMap(([label, value]) => inner(label, value)),
    ...(model.anchors.length === 1 ? paragraph(report.assumedShape(estimate), "  ") : []),
    ...paragraph(report.contributions, "  "),
    ...estimate.contributions.flatMap((each) =>
      inner(report.contribution(each), report.contributionText(each), CONTRIBUTION_COLUMN),
    ),
    ...(estimate.averaged.length > 0
      ? labelled(report.averaged, report.averagedText(estimate.averaged), COLUMN)
      : []),
  ];
}
