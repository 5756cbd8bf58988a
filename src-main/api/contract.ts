import * as v from "valibot";
import type { Caution, CautionCode, Facts, Severity } from "../prognosis/applicability.ts";
import type { Answer, Estimate, SurvivalPoint } from "../prognosis/estimate.ts";
import type { Citation, Covariate, Endpoint, Study, Tumour } from "../prognosis/model.ts";
import { ENDPOINTS, TUMOURS } from "../prognosis/model.ts";
import type { Allowed, Patient, PatientField, Problem } from "../prognosis/patient.ts";
import type { RiskGroup } from "../prognosis/riskGroup.ts";
import type { Membership, PublishedGroup, ReferenceCurve } from "../prognosis/publishedCurves.ts";

/**
 * The one contract between the program and whoever hosts it: Electron's main process, a Web Worker, the command line.
 * A request has named fields and is checked once, by {@link dispatch}; an error comes back as a value, because Electron
 * keeps nothing but the message of a thrown one.
 */
export interface Contract {
  /** a patient in, an estimate out */
  estimate: { request: { patient: unknown; intervals?: boolean; curve?: boolean }; answer: Answer };
  /** the published groups of the patient's tumour, model beside published, and which of them the patient belongs to */
  groups: { request: { patient: unknown }; answer: Record<Endpoint, GroupOfPatient[]> };
  /** the published groups of a tumour as reconstructed curves */
  referenceCurves: { request: { tumour: Tumour; endpoint: Endpoint }; answer: ReferenceCurve[] };
  /** how large the three risk groups of a tumour are in the study's case mix: thirds as far as ties allow */
  riskGroups: { request: { tumour: Tumour; endpoint: Endpoint }; answer: RiskGroupShares };
  /** everything published that the program uses, each value with its place */
  study: { request: Record<string, never>; answer: Study };
  /** what this program is: versions and citation */
  about: { request: Record<string, never>; answer: About };
}

export type EndpointName = keyof Contract;
export type Request<K extends EndpointName> = Contract[K]["request"];
export type AnswerOf<K extends EndpointName> = Contract[K]["answer"];

export interface GroupOfPatient extends PublishedGroup {
  belongs: boolean | null;
}

export type RiskGroupShares = Record<RiskGroup, number>;

export interface About {
  appVersion: string;
  modelVersion: string;
  study: string;
  studyName: string;
  citation: Citation;
}

export const ERROR_CODES = [
  "invalid-patient",
  "invalid-request",
  "unknown-endpoint",
  "refused",
  "internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error as a value. `field`, `value` and `allowed` are those of the first problem; `problems` lists them all. */
export interface Failure {
  ok: false;
  code: ErrorCode;
  field?: string;
  value?: unknown;
  allowed?: Allowed;
  problems?: Problem[];
  /** for logs and developers; what users read is made from the code and the facts */
  message: string;
}

export type Result<T> = { ok: true; value: T } | Failure;

/** The name under which the preload script shows the bridge to the page. */
export const BRIDGE = "hgNenPrognosis";
/** The one channel between Electron's renderer and main process. */
export const CHANNEL = "hg-nen-prognosis:invoke";

/** What a host must provide to the renderer: one request/response function and the name of the host. */
export interface Bridge {
  readonly host: "electron";
  invoke(endpoint: string, request: unknown): Promise<Result<unknown>>;
}

const anyPatient = v.custom<unknown>(() => true);
const nothing = v.strictObject({});

/** The shape of each request; an endpoint without one does not compile. `patient` is read by the core's own parser. */
export const requestSchemas = {
  estimate: v.strictObject({
    patient: anyPatient,
    intervals: v.optional(v.boolean()),
    curve: v.optional(v.boolean()),
  }),
  groups: v.strictObject({ patient: anyPatient }),
  referenceCurves: v.strictObject({ tumour: v.picklist(TUMOURS), endpoint: v.picklist(ENDPOINTS) }),
  riskGroups: v.strictObject({ tumour: v.picklist(TUMOURS), endpoint: v.picklist(ENDPOINTS) }),
  study: nothing,
  about: nothing,
} satisfies Record<EndpointName, v.GenericSchema>;

export type {
  Allowed,
  Answer,
  Caution,
  CautionCode,
  Citation,
  Covariate,
  Endpoint,
  Estimate,
  Facts,
  Membership,
  Patient,
  PatientField,
  Problem,
  PublishedGroup,
  ReferenceCurve,
  RiskGroup,
  Severity,
  Study,
  SurvivalPoint,
  Tumour,
};
