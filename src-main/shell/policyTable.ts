import type {
  Failure,
  Policy,
  PolicyInForce,
  Result,
  ShellAnswerOf,
  ShellEndpointName,
  ShellRequest,
} from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";
import { endingOf } from "./fileName.ts";
import { flawOf } from "./sealedFlaw.ts";

/** Why a request is forbidden, for logs and developers; null: it is not. */
type Rule<K extends ShellEndpointName> = (
  policy: Policy,
  request: ShellRequest<K>,
) => string | null | Promise<string | null>;

const free = (): null => null;
const stored: Rule<ShellEndpointName> = ({ storage }) => (storage ? null : "nothing is stored here");
/** A key in the keychain is of use to stored cases only. */
const byKeychain = ({ keychain, storage }: Policy): string | null =>
  keychain && storage ? null : "the keychain is not used here";

/**
 * What a policy says of each endpoint; one without a line here does not compile.
 *
 * SECURITY: this is where a policy is enforced. The page hides what is forbidden, and is not trusted with it: it may have
 * been taken over, and its bridge can be called by hand.
 */
const RULES: { [K in ShellEndpointName]: Rule<K> } = {
  async saveFile({ exports }, { name, bytes }) {
    if (exports === "all") return null;
    if (exports === "none") return "no file is exported from here";
    // SECURITY: by what it is as well as by its name, or any text could be named like one.
    return endingOf(name) === "hgnencases" && (await flawOf(bytes)) === null
      ? null
      : "only encrypted files of cases are exported from here";
  },
  savePdf: ({ exports }) => (exports === "all" ? null : "no PDF is made here"),
  openProjector: free,
  // It answers that there is none, and why: that is no failure.
  keychain: free,
  wrapKey(policy, { key }) {
    const reason = byKeychain(policy);
    // SECURITY: the request's own copy, as where it is sealed.
    if (reason !== null) key.fill(0);
    return reason;
  },
  unwrapKey: byKeychain,
  writeBackup: stored,
  listBackups: stored,
  readBackup: stored,
  deleteBackups: stored,
  nextEvent: free,
  // What is opened stays in the window.
  chooseFile: free,
  openLink: ({ links }) => (links ? null : "no address is opened from here"),
  policy: free,
  diagnostics: free,
  note: free,
};

/** The shell's table as a policy allows it: what is forbidden is answered before anything is asked or done. */
export function underPolicy(handlers: Omit<ShellHandlers, "policy">, inForce: PolicyInForce): ShellHandlers {
  const { policy } = inForce;
  const all: ShellHandlers = {
    ...handlers,
    policy: () => Promise.resolve({ ok: true, value: inForce }),
    ...(byKeychain(policy) !== null && {
      keychain: () => Promise.resolve({ ok: true, value: { available: false, reason: "policy" } }),
    }),
  };
  const names = Object.keys(RULES) as ShellEndpointName[];
  return Object.fromEntries(names.map((name) => [name, guarded(all, name, policy)])) as ShellHandlers;
}

const guarded =
  <K extends ShellEndpointName>(all: ShellHandlers, name: K, policy: Policy) =>
  async (request: ShellRequest<K>): Promise<Result<ShellAnswerOf<K>>> => {
    const reason = await RULES[name](policy, request);
    return reason === null ? all[name](request) : forbidden(reason);
  };

const forbidden = (message: string): Failure => ({ ok: false, code: "forbidden", message });

/** A printer may be one that writes a PDF: paper is a file too. */
export const mayPrint = ({ exports }: Policy): boolean => exports === "all";
