/** What holds a process back: the operating system, and its own CLI. */
export interface ConfinementRules {
    /** The image it runs in; absent: on the machine itself. */
    readonly container?: ContainerRules;
    /** What it may touch of the machine; absent: what its user may. */
    readonly sandbox?: SandboxRules;
    /** Patterns of tools and commands, for its CLI to keep to. */
    readonly permissions?: {
        readonly allow?: readonly string[];
        readonly ask?: readonly string[];
        readonly deny?: readonly string[];
    };
}
/** The image in which a process runs, and what it is given of the machine beyond its working tree. */
export interface ContainerRules {
    readonly image: string;
    /** Absent: the first of podman and docker that answers. */
    readonly engine?: ContainerEngine;
    /** `none`, `host` or the name of a network of the engine; absent: the engine's own default. */
    readonly network?: string;
    /** User name or id, and group; absent: who we are. */
    readonly user?: string;
    /** Further mounts, `source:target` or `source:target:ro`. */
    readonly volumes?: readonly string[];
    /** Further arguments of the engine's `run`. */
    readonly options?: readonly string[];
}
/** A program that runs containers. */
export type ContainerEngine = (typeof containerEngines)[number];
/** The engines there are, in the order in which they are looked for. */
export declare const containerEngines: readonly ['podman', 'docker'];
/** What a sandboxed process may touch beyond its working tree and what it is given itself. */
export interface SandboxRules {
    /** Hosts it may reach: `host`, `*.host` or `host:port`, where the host may be `localhost`. */
    readonly network: readonly string[];
    /** Paths it may write, from the root of the repository. */
    readonly write: readonly string[];
    /** Paths it may read where most of a machine's secrets are, as in a home directory. */
    readonly read: readonly string[];
}
