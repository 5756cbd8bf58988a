import type { Population } from "./model.ts";
import type { Patient } from "./patient.ts";

/**
 * Whether a patient is of the kind the study analysed: advanced, high-grade, not MiNEN, not of the appendix, given
 * first-line chemotherapy. (Performance status may still be one that its models leave out.)
 */
export function isInStudy(patient: Patient, population: Population): boolean {
  return (
    patient.setting === "advanced" &&
    !patient.mixed &&
    patient.primarySite !== "appendix" &&
    (patient.ki67Percent === null || patient.ki67Percent > population.ki67NotHighGradeUpTo) &&
    patient.firstLine !== "none"
  );
}
