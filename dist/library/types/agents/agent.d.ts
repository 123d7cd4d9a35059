import type { RunTrust } from '../core/run-trust.ts';
import type { Failure } from '../core/failure.ts';
import type { RuntimeKey } from '../core/runtime.ts';
import type { Json } from '../core/json.ts';
import type { Task } from '../core/task.ts';
import type { Accounting, ModelUsage } from '../core/usage.ts';
import type { Remark, WarningKind } from '../core/expectation.ts';
import type { Exit, Spawn } from '../process/spawn.ts';
import type { SimulatedModel } from '../simulate/model-api.ts';
import type { CountedApi } from './proxy/count-usage.ts';
import type { Way } from './proxy/ways.ts';
/**
 * What one attempt has to itself. All paths are absolute; `home` and `temp` are made when they are first read,
 * so that an attempt that needs neither pays for neither.
 */
export interface AttemptDirectory {
    /** Where the process runs. */
    readonly cwd: string;
    /** HOME-like directory of this attempt alone: configuration, sessions. */
    readonly home: string;
    /** Temporary directory of this attempt alone. */
    readonly temp: string;
    /** The home directory of the user we run as, whose credentials may be linked in; undefined when unknown or under `--simulate`. */
    readonly userHome: string | undefined;
    /** Where programs of this user keep what is no login; undefined under `--simulate` and where a stranger's tree could fill it. */
    readonly userCache?: string;
    /** The log of its standard output. */
    readonly stdoutFile: string;
    /** The environment the process will get, before the adapter's own variables. */
    readonly env: Readonly<Record<string, string>>;
    /** Finds a program on the PATH; undefined when it is not there. */
    readonly find: (program: string) => string | undefined;
    /** Where the model is: set under `--simulate` and by the key proxy, else undefined and the CLI's own default holds. */
    readonly endpoint?: Endpoint;
    /** The conversation that the task takes up; its files are in `home` already. */
    readonly continued?: ContinuedSession;
    readonly trust: RunTrust;
}
/** A session of an earlier attempt. */
export interface ContinuedSession {
    readonly session: string;
    /** It goes on under a session of its own. */
    readonly fork: boolean;
    /** The files of it as they were when that attempt ended: absolute paths, which nobody changes. */
    readonly files: readonly string[];
}
/** Where a CLI keeps the conversations of an attempt. */
export interface Sessions {
    /** Below `home`. */
    readonly folder: string;
    /** Which files in it, by their paths. */
    readonly file: RegExp;
    /** One whose files stand at the same place in the home of another attempt can be taken up there. */
    readonly continues?: true;
    /** What the lines of such a file say, for people who read it; fresh for each file. */
    turns?(): Promise<(line: string) => readonly Turn[]>;
}
/** A piece of a conversation. */
export interface Turn {
    readonly by: 'user' | 'agent' | 'tool' | 'result';
    readonly text: string;
}
/** Where a CLI finds its model, instead of at its provider. */
export interface Endpoint {
    readonly baseUrl: string;
    /** Good for this address alone. */
    readonly apiKey: string;
    /** The provider's own models answer there, through the key proxy; absent: simulated ones. */
    readonly real?: true;
    /** The API of the provider, through the key proxy. */
    readonly api?: CountedApi;
}
/** What an agent's stream says while it runs. `accounting` is cumulative for the attempt. */
export type AgentEvent = {
    readonly type: 'session';
    readonly session: string;
    readonly model?: string;
} | {
    readonly type: 'activity';
    readonly text: string;
}
/** Words of its model, whole, for people who read along. */
 | {
    readonly type: 'said';
    readonly text: string;
} | {
    readonly type: 'accounting';
    readonly accounting: Accounting;
}
/** Its model has begun to answer; told where the task leads. */
 | {
    readonly type: 'answered';
}
/** It is to be ended: its provider refuses it, and it gives way. */
 | {
    readonly type: 'refused';
};
/** What an attempt amounts to once its process has ended. */
export interface Conclusion {
    /** Null is success: the process exited as it should and gave the evidence asked for. */
    readonly failure: Failure | null;
    readonly text: string;
    readonly json: Json;
    readonly accounting: Accounting;
    readonly model: string | null;
    /** Its tokens by model, where it asked several or says so; they add up to `accounting.usage`, else they are not used. */
    readonly models?: ReadonlyMap<string, ModelUsage>;
    readonly session: string | null;
    readonly denials: number;
    readonly remarks: readonly Remark[];
}
/** How a process of the attempt ended whose session the next one goes on with. */
export interface Earlier extends Conclusion {
    readonly session: string;
}
/** Reads one process's standard output; fresh for each. */
export interface Parser {
    /** Whether a line, by its first bytes, is worth decoding. */
    wants?(head: Uint8Array): boolean;
    line(text: string): readonly AgentEvent[];
    /** Asked now and then while the process runs, where progress is in a file and not in the stream. */
    poll?(): readonly AgentEvent[];
    /**
     * Judges the end; may turn exit 0 into a failure. Asynchronous because what a killed CLI consumed is in its session files,
     * which only this adapter knows to read.
     */
    end(exit: Exit): Conclusion | Promise<Conclusion>;
}
/** How a CLI gets onto a machine. */
export interface Package {
    /** Its name on npm. */
    readonly npm: string;
    /** The version it is tested with. */
    readonly version: string;
    /** Versions before it that are held to the same account. */
    readonly otherVersions?: readonly string[];
    /** Versions below this one report less than they use: their figures are marked, and `doctor` says so. */
    readonly accountedFrom: string;
    /** Whether it is nothing without the scripts it runs when it is installed. */
    readonly needsScripts?: true;
}
/** How a CLI is given access to its provider. */
export interface Login {
    /** Environment variables of which one is enough. */
    readonly variables: readonly [string, ...string[]];
    /** Where a login leaves its credentials, below the home directory. */
    readonly file: string;
    /** The command that logs in. */
    readonly command: string;
    /** Clouds that have its models as well, each chosen by a variable of its own. */
    readonly clouds?: readonly Cloud[];
}
/** Credentials that can stay with us while the CLI holds a token of ours. */
export interface KeyLogin {
    /** Base URL of the provider. */
    readonly upstream: string;
    /** Headers that it lets requests in by. */
    readonly headers: Readonly<Record<string, string>>;
    /** Variables that they come from. */
    readonly variables: readonly string[];
    /** How it is asked, where that is not as with most keys of the CLI. */
    readonly way?: Way;
}
/** How a CLI asks its provider where our key proxy stands between the two. */
export interface ProxiedKey extends Way {
    /**
     * The login that an environment has for it and for this model, or why that cannot be kept from the CLI (a noun phrase) and what to do about it;
     * undefined where there is none.
     */
    find(environment: Readonly<Record<string, string>>, model?: string): KeyLogin | {
        readonly problem: string;
        readonly hint?: string;
    } | undefined;
}
/** A cloud by which an agent reaches its models without a login at their vendor. */
export interface Cloud {
    readonly name: string;
    /** Set to anything but `0` and `false`, it chooses the cloud. */
    readonly variable: string;
    /** What else the cloud asks for, as a hint says it. */
    readonly needs: string;
}
/** What an agent's figures are worth. */
export interface Counting {
    /** `reported`: the CLI says what it costs; `unknown`: it does not. Tokens are counted of every agent. */
    readonly cost: 'reported' | 'unknown';
    /** Where the figures of a process that was killed come from. */
    readonly afterKill: 'session files' | 'nothing';
}
/**
 * One agent CLI or runtime: task in, argv, environment and standard input out; output lines in, events out. What only a run of it needs is read
 * when it is asked for.
 */
export interface Agent {
    readonly name: string;
    /** Whether it calls a model: decides the pool, the evidence asked for and what unknown usage means. */
    readonly kind: 'agent' | 'command';
    /** Program looked for on the PATH, and how it tells its version; for `runtimes` and `doctor`. */
    readonly program: string;
    readonly versionArgs: readonly string[];
    /** Absent for programs that are installed by other means. */
    readonly package?: Package;
    /** Absent for programs that need none. */
    readonly login?: Login;
    /** Absent where its login cannot be kept from it. */
    readonly proxied?: ProxiedKey;
    /** Whether a subscription pays for it, instead of each token: by its variables and the home directory whose login it gets. */
    subscription?(environment: Readonly<Record<string, string>>, userHome: string): boolean;
    /** Absent for programs that call no model. */
    readonly counts?: Counting;
    /** How `--simulate` plays its model; absent for programs that call none. */
    model?(): Promise<SimulatedModel>;
    /**
     * The account that is throttled, by the environment: several CLIs may share one, and a base URL of the user's own is another.
     * Absent: nobody shares it.
     */
    provider?(environment: Readonly<Record<string, string | undefined>>): string;
    /** Hosts of its provider, which a sandbox lets it reach. */
    readonly hosts?: readonly string[];
    /** Environment variables of the provider that the CLI may need (keys, base URLs): passed on when set. */
    readonly providerEnv: readonly string[];
    /** Keys of an instance this runtime understands beyond the common ones, so that validation can point at the line. */
    readonly supports: ReadonlySet<RuntimeKey>;
    /** It marks `sharedLength` of a prompt for its provider to keep, and, where a task leads, tells `answered` at the first token. */
    readonly sharesPrefix?: true;
    /** Warnings that it tells, or fails for by itself; absent: none. */
    readonly tells?: ReadonlySet<WarningKind>;
    /** Tiers of `safety` it can keep to; absent: all. */
    readonly safety?: ReadonlySet<string>;
    /**
     * Options of its CLI, each with its value, by which `args` would undo what it is kept to: that it obeys nothing of a working tree, and the tier of
     * `safety`.
     */
    readonly undoing?: {
        readonly tree?: RegExp;
        readonly safety: RegExp;
    };
    /** Arguments of its own that the orchestration file gives it: held to the same rules as those of an instance. */
    readonly ownArguments?: readonly string[];
    /** Why this runtime cannot carry out a task that validation let through (one sentence); undefined when it can. */
    refusal?(task: Task): string | undefined;
    /**
     * The process of one attempt. No side effects but files inside `directory`. `env` holds the adapter's own variables only:
     * the launcher puts them over `directory.env`.
     */
    command(task: Task, directory: AttemptDirectory): Spawn;
    /**
     * The argv that goes on with a session, in the directory and with the environment of `command` and with the prompt on standard input.
     * Absent where the CLI cannot.
     */
    resume?(task: Task, directory: AttemptDirectory, earlier: Earlier): readonly string[];
    /** Absent where nobody knows them. */
    readonly sessions?: Sessions;
    /** With `earlier`, of the process that `resume` makes: what it says of accounting and denials includes that. */
    parser(task: Task, directory: AttemptDirectory, earlier?: Earlier): Promise<Parser>;
}
