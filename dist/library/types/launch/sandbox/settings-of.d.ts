import type { SandboxRules } from '../../core/confinement.ts';
import type { ConfinedAttempt } from '../confinement.ts';
/** The part of the sandbox runtime's settings that we use (its README, "Configuration"). */
export interface SandboxSettings {
    readonly network: {
        readonly allowedDomains: readonly string[];
        readonly deniedDomains: readonly string[];
    };
    readonly filesystem: {
        readonly denyRead: readonly string[];
        readonly allowRead: readonly string[];
        readonly allowWrite: readonly string[];
        readonly denyWrite: readonly string[];
    };
}
/**
 * What an attempt may touch, and the ports of the loopback that are relayed to it. `own` is a folder of the sandbox itself, `runtime` that of what
 * makes it: a program of its own is started inside, and may be installed in the home directory, which is hidden.
 */
export declare function settingsOf(attempt: ConfinedAttempt, rules: SandboxRules, { own, runtime, userHome, temporary, }: {
    readonly own: string;
    readonly runtime: string;
    readonly userHome: string | undefined;
    readonly temporary: string;
}): {
    readonly settings: SandboxSettings;
    readonly ports: readonly number[];
};
