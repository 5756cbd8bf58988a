/** Ten thousand random messages to the real binding with the real core: never a throw, never an unchecked handler. */
import fc from "fast-check";
import * as v from "valibot";
import { expect, it } from "vitest";
import { ERROR_CODES } from "../../src-main/api/contract.ts";
import type { Sender } from "../support/ipc.ts";
import {
  ANSWERED,
  CORE_ENDPOINTS,
  flawOfAnswer,
  recordingBinding,
  SHELL_ENDPOINTS,
  UNANSWERED,
} from "../support/ipc.ts";
import { message, schemaOf, SEED } from "../support/randomIpc.ts";

const MESSAGES = 10_000;
/** A message is answered as it stands here; "internal" would be an error that nobody has foreseen. */
const CODES = ERROR_CODES.filter((code) =>
  ["invalid-patient", "invalid-request", "unknown-endpoint", "refused"].includes(code),
);

it(`answers ${MESSAGES} random messages, and hands over only what its schema accepts`, async () => {
  const { send, reached } = recordingBinding();
  const sender = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom<Sender[]>(...ANSWERED) },
    { weight: 1, arbitrary: fc.constantFrom<Sender[]>(...UNANSWERED) },
  );
  const outcomes = new Map<string, number>();
  const handled = new Set<string>();

  await fc.assert(
    fc.asyncProperty(sender, message, async (from, sent) => {
      reached.length = 0;
      const answer = await send(from, ...sent);
      expect(flawOfAnswer(answer, CODES)).toBeNull();
      const outcome = answer.ok ? "answered" : answer.code;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

      const [endpoint, request] = sent;
      const schema = schemaOf(endpoint);
      if (!ANSWERED.includes(from)) {
        expect(outcome).toBe("refused");
        expect(reached).toEqual([]);
      } else if (sent.length > 2 || !schema || !v.is(schema, request)) {
        expect(outcome).toMatch(/^(?:invalid-request|unknown-endpoint)$/);
        expect(reached).toEqual([]);
      }
      expect(reached.length).toBeLessThanOrEqual(1);
      for (const call of reached) {
        expect(call.endpoint).toBe(endpoint);
        // What has come through holds no field that means something else, and nothing but what was sent.
        expect(v.is(schema!, call.request)).toBe(true);
        expect(call.request).toEqual(request);
        handled.add(call.endpoint);
      }
      expect({}).not.toHaveProperty("polluted");
    }),
    { numRuns: MESSAGES, seed: SEED },
  );

  // Not all of one kind: every handler was reached, and every refusal given.
  expect([...handled].sort()).toEqual([...CORE_ENDPOINTS, ...SHELL_ENDPOINTS].sort());
  for (const outcome of ["answered", ...CODES]) expect(outcomes.get(outcome), outcome).toBeGreaterThan(100);
  expect([...outcomes.values()].reduce((sum, count) => sum + count)).toBe(MESSAGES);
});
