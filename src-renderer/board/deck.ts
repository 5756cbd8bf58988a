import type { Endpoint, RiskGroupShares, Tumour } from "../../src-main/api/contract.ts";
import type { CautionLine } from "../../src-main/words/cautions.ts";
import type { CompareView } from "../compare/compareView.ts";
import type { BesideView, EstimateView, PublishedRow } from "../estimate/view.ts";

/** Whose slide it is. No identifier but the label that the user gave; the rest is what was estimated from. */
export interface CaseHeading {
  /** position on the board, from 1 */
  place: number;
  label: string;
  /** what its numbers are of; null where it has none */
  endpoint: Endpoint | null;
  /** "NEC · colon · 67-year-old man · PS 1 · Ki-67 85 % · ALP elevated" as its parts */
  facts: string[];
}

export interface TitleSlide {
  kind: "title";
  title: string;
  date: string;
  lines: string[];
  cases: CaseHeading[];
}

export interface EstimateSlide {
  kind: "estimate";
  heading: CaseHeading;
  tumour: Tumour;
  view: EstimateView;
  shares: RiskGroupShares;
  cautions: CautionLine[];
}

export interface ComparisonSlide {
  kind: "comparison";
  heading: CaseHeading;
  view: CompareView;
}

/** The published groups the patient belongs to, model beside published. */
export interface EvidenceSlide {
  kind: "evidence";
  heading: CaseHeading;
  endpoint: Endpoint;
  tumour: Tumour;
  view: EstimateView;
  rows: BesideView[];
  cautions: CautionLine[];
}

/** A patient for whom the models give nothing: why, and what the study reports. */
export interface NotEstimatedSlide {
  kind: "not-estimated";
  heading: CaseHeading;
  /** what stands over the reasons: no estimate, or that the program could not answer (then there are no rows) */
  title: string;
  /** one sentence under it */
  text: string;
  /** what the rows are */
  rowsTitle: string;
  tumour: Tumour;
  reasons: CautionLine[];
  rows: PublishedRow[];
  /** under the rows: whom they describe, and whom not */
  rowsNote: string;
}

export interface MethodSlide {
  kind: "method";
  title: string;
  points: { title: string; text: string }[];
}

export type Slide =
  TitleSlide | EstimateSlide | ComparisonSlide | EvidenceSlide | NotEstimatedSlide | MethodSlide;

/** Colours of the slides, whatever the system's are. */
export type Scheme = "light" | "dark";

/** A board meeting's slides as data: the screen, the projector, the PDF and the PPTX draw the same object. */
export interface Deck {
  title: string;
  slides: Slide[];
  /** stands on every slide and every page: what it is not, versions, citation, date and time */
  footer: { left: string; right: string };
}
