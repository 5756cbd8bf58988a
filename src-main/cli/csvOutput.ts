import { Readable, pipeline } from "node:stream";
import { stringify } from "csv-stringify";
import type { Answer, Estimate } from "../prognosis/estimate.ts";
import type { Endpoint, Study } from "../prognosis/model.ts";
import { ENDPOINTS } from "../prognosis/model.ts";
import type { Dialect } from "./csvRows.ts";
import { cellsOf } from "./csvRows.ts";
import type { Outcome } from "./row.ts";

/** A column of results: its name and what stands in it. Numbers are written as they are, to the last digit. */
interface ResultColumn {
  name: string;
  cell: (answer: Answer) => string;
}

const cellOf = (value: string | number | null | undefined): string => (value ?? "").toString();

/** The columns that are appended to the input's own. */
export function resultColumns(study: Study): ResultColumn[] {
  return [
    { name: "modelVersion", cell: ({ modelVersion }) => modelVersion },
    { name: "status", cell: ({ status }) => status },
    { name: "cautions", cell: ({ cautions }) => [...new Set(cautions.map(({ code }) => code))].join(" ") },
    ...ENDPOINTS.flatMap((endpoint) => endpointColumns(endpoint, landmarksOf(study, endpoint))),
  ];
}

/** The months at which any model of an endpoint quotes survival. */
function landmarksOf(study: Study, endpoint: Endpoint): number[] {
  const models = study.models.filter((model) => model.endpoint === endpoint);
  return [...new Set(models.flatMap((model) => model.landmarkMonths))].sort((a, b) => a - b);
}

function endpointColumns(endpoint: Endpoint, landmarks: readonly number[]): ResultColumn[] {
  const column = (
    name: string,
    of: (estimate: Estimate) => string | number | null | undefined,
  ): ResultColumn => ({
    name: `${endpoint}${name}`,
    cell: ({ estimates }) => {
      const estimate = estimates[endpoint];
      return estimate === null ? "" : cellOf(of(estimate));
    },
  });
  return [
    column("Median", ({ median }) => median.months),
    column("MedianLower", ({ median }) => median.lower),
    column("MedianUpper", ({ median }) => median.upper),
    column("HorizonMonths", ({ horizonMonths }) => horizonMonths),
    ...landmarks.flatMap((month) => {
      const point = (estimate: Estimate) => estimate.landmarks.find(({ months }) => months === month);
      return [
        column(`Survival${month}`, (estimate) => point(estimate)?.survival),
        column(`Survival${month}Lower`, (estimate) => point(estimate)?.lower),
        column(`Survival${month}Upper`, (estimate) => point(estimate)?.upper),
      ];
    }),
    column("Worst10", ({ outcomes }) => outcomes.worst10),
    column("LowerQuartile", ({ outcomes }) => outcomes.lowerQuartile),
    column("UpperQuartile", ({ outcomes }) => outcomes.upperQuartile),
    column("Best10", ({ outcomes }) => outcomes.best10),
    column("RiskGroup", ({ riskGroup }) => riskGroup),
    column("Percentile", ({ percentile }) => percentile),
    column("LinearPredictor", ({ linearPredictor }) => linearPredictor),
    column("RelativeHazard", ({ relativeHazard }) => relativeHazard),
    column("Averaged", ({ averaged }) => averaged.join(" ")),
  ];
}

/** The input's columns and rows as they came, each row followed by its results; a refused row has only its status. */
export function writeCsv(
  outcomes: AsyncIterable<Outcome>,
  columns: readonly string[],
  dialect: Dialect,
  study: Study,
): AsyncIterable<string> {
  const results = resultColumns(study);
  async function* records(): AsyncGenerator<string[]> {
    yield [...columns, ...results.map(({ name }) => name)];
    for await (const outcome of outcomes) {
      const given = outcome.row.cells ?? cellsOf(outcome.row.patient, columns);
      const computed = results.map(({ name, cell }) =>
        "answer" in outcome ? cell(outcome.answer) : name === "status" ? "refused" : "",
      );
      yield [...given, ...computed];
    }
  }
  const stringifier = stringify({
    bom: dialect.byteOrderMark,
    delimiter: dialect.delimiter,
    record_delimiter: dialect.newline,
    quote_record_delimiter: true,
    encoding: "utf8",
  });
  // An error of either stream surfaces where the stringifier is read.
  pipeline(Readable.from(records()), stringifier, () => undefined);
  return stringifier;
}
