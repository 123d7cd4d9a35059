import type { Spawn } from '../../process/spawn.ts';
/** What the shell in a sandbox is told before it becomes the program. */
export interface InnerCommand {
    readonly spawn: Spawn;
    /** Ports of the machine's loopback that answer inside at the same address. */
    readonly ports: readonly number[];
    /** An assignment by which the driver tells the program, and what it starts, from what stands around it. */
    readonly mark: string;
    /** Variables that the sandbox runtime sets to places of its own, and that are the attempt's. */
    readonly restored: Readonly<Record<string, string>>;
}
/**
 * The command of a sandbox, for bash. Its network namespace has a loopback of its own: each port of ours has a relay there, which goes out by the
 * proxy that stands on port 3128 inside and asks whether it may.
 */
export declare function innerCommand({ spawn, ports, mark, restored }: InnerCommand): string;
