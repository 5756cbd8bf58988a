import type { About, Answer, Result } from "../../src-main/api/contract.ts";
import { dateTime } from "../../src-main/words/format.ts";
import { ENDPOINT_SHORT } from "../../src-main/words/labels.ts";
import { patientFacts } from "../../src-main/words/patient.ts";
import { screen } from "../../src-main/words/screen.ts";
import { tableOf } from "../chart/table.ts";
import type { Host, Saved } from "../host/host.svelte.ts";
import type { EstimateView } from "./view.ts";

/** The line that stands on everything that leaves the program. */
export interface FooterLine {
  left: string;
  right: string;
}

/** What it is not, where it comes from, which versions, and when. */
export function footerLine({ citation, appVersion, modelVersion }: About, now: Date): FooterLine {
  return {
    left: screen.footer.disclaimer,
    right: screen.footer.made(screen.footer.source(citation, appVersion, modelVersion), dateTime(now)),
  };
}

const summaryOf = (answer: Answer, view: EstimateView): string =>
  screen.picture.subtitle(patientFacts(answer.patient), view.median.value, view.median.interval);

/** The chart as a PNG with its title, the patient's values and the footer line. */
export async function chartPicture(answer: Answer, view: EstimateView, footer: FooterLine): Promise<Blob> {
  const { pictureOf } = await import("../export/picture.ts");
  return pictureOf(view.chart, {
    title: screen.picture.title(view.median.label, view.chart.title),
    subtitle: summaryOf(answer, view),
    footer: [screen.chart.reconstructed, footer.left, footer.right],
    axisTitle: screen.chart.months,
  });
}

/** Puts the chart on the clipboard. False where the system refuses. */
export async function copyPicture(answer: Answer, view: EstimateView, footer: FooterLine): Promise<boolean> {
  try {
    // The picture as a promise: Safari forgets the user's click over an await.
    const item = new ClipboardItem({ "image/png": chartPicture(answer, view, footer) });
    await navigator.clipboard.write([item]);
    return true;
  } catch {
    return false;
  }
}

export async function savePicture(
  host: Host,
  answer: Answer,
  view: EstimateView,
  footer: FooterLine,
): Promise<Result<Saved>> {
  const picture = await chartPicture(answer, view, footer);
  const bytes = new Uint8Array(await picture.arrayBuffer());
  return host.saveFile({ name: fileName(view, "png"), mimeType: "image/png", bytes });
}

/** All points of the chart and what they are, for a spreadsheet or a script. */
export async function saveData(
  host: Host,
  answer: Answer,
  view: EstimateView,
  footer: FooterLine,
): Promise<Result<Saved>> {
  const { bytesOf, csvOf } = await import("../export/csv.ts");
  const text = csvOf(tableOf(view.chart), [
    view.chart.title,
    summaryOf(answer, view),
    screen.chart.reconstructed,
    footer.left,
    footer.right,
  ]);
  return host.saveFile({ name: fileName(view, "csv"), mimeType: "text/csv", bytes: bytesOf(text) });
}

const fileName = ({ endpoint }: EstimateView, ending: string): string =>
  screen.picture.fileName(ENDPOINT_SHORT[endpoint], ending);
