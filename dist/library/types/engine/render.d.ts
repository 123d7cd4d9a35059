import type { Fallback, ProcessDefinition, ProcessInstance, Template } from '../core/instance.ts';
import type { Json } from '../core/json.ts';
import type { Task } from '../core/task.ts';
import { type Contexts } from '../expression/evaluate.ts';
import { type Node } from './node.ts';
import type { Progress } from './progress.ts';
/** A value, or the one line that says which template could not be evaluated and why. */
export type Rendered<T> = {
    readonly value: T;
    readonly problem?: undefined;
} | {
    readonly value?: undefined;
    readonly problem: string;
};
/** The attempt that a node would make now, with every template rendered. */
export declare function renderTask(progress: Progress, node: Node, instance: ProcessInstance, definition: ProcessDefinition): Rendered<Task>;
/** The values of a map of templates, of any type. */
export declare function evaluateOutputs(templates: Readonly<Record<string, Template>>, contexts: () => Contexts): Rendered<Record<string, Json>>;
/** One value or its problem; `key` is what the message names. */
export declare function evaluateNamed<T>(key: string, evaluate: () => T): Rendered<T>;
/** What a fallback runs: its own definition, or the first one with another runtime, model or agent. */
export declare function definitionOf(instance: ProcessInstance, fallback: Fallback | undefined): ProcessDefinition;
