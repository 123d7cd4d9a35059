import type { JsonObject } from './json.ts';
/** What a comment on a pull request or an issue may ask for: a command of the file's own. */
export interface CommandDefinition {
    readonly description?: string;
    /** Ids of the instances that are run, with what they need; all where there are none. */
    readonly only?: readonly string[];
    /** Values of the file's inputs, as texts. */
    readonly inputs?: Readonly<Record<string, string>>;
    /** Access to the repository that whoever comments must have. */
    readonly access: 'write' | 'admin';
}
/** The commands of every file, and what each does. */
export declare const builtinCommands: {
    readonly run: 'runs the file, or the instances that are named and what they need';
    readonly retry: "runs again what failed in this conversation's newest run";
    readonly cancel: 'cancels the runs of this conversation that are in progress';
    readonly status: "shows the status of this conversation's runs";
    readonly plan: 'shows what would run, without running it';
    readonly help: 'lists these commands';
};
/** What every command begins with, on the first line of a comment. */
export declare const commandPrefix = "/orchestrate";
/** A command as a comment has it. */
export interface AskedCommand {
    readonly name: string;
    readonly args: readonly string[];
    /** Of the comment. */
    readonly id: number;
    /** Who commented. */
    readonly actor: string;
    readonly isBot: boolean;
    /** Number of the issue or pull request. */
    readonly subject: number;
    readonly isPullRequest: boolean;
}
/** The command in the payload of an `issue_comment` event; undefined where its comment is none, or was edited or deleted. */
export declare function readCommand(eventName: string, payload: JsonObject): AskedCommand | undefined;
