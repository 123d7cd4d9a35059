import { z } from 'zod';
/** Pattern of environment variable names. */
export declare const variablePattern: RegExp;
/** Text; a number or boolean is taken as it is written. */
export declare const text: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
/** Text that may hold expressions. */
export declare const template: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
/** A list of texts that may hold expressions. */
export declare const templates: z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
/** A list of texts. */
export declare const texts: z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
/** One text or a list of them. */
export declare const textOrList: z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>]>;
/** An id of an instance, agent or runtime. */
export declare const name: z.ZodString;
/** One `${{ }}` and nothing around it. */
export declare const expression: z.ZodString;
/** The session of another instance. */
export declare const session: z.ZodString;
/** A length of time. */
export declare const duration: z.ZodString;
/** A time in hours, days or weeks. */
export declare const age: z.ZodString;
/** An amount of bytes. */
export declare const bytes: z.ZodString;
/** A part of a whole. */
export declare const fraction: z.ZodNumber;
/** A number of minutes that a timer can count. */
export declare const minutes: z.ZodNumber;
/** A number above zero. */
export declare const positive: z.ZodNumber;
/** A whole number from one. */
export declare const count: z.ZodInt;
/** A whole number from zero. */
export declare const countFromZero: z.ZodInt;
/** Environment variables. */
export declare const environment: z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
/** Names of environment variables. */
export declare const variableNames: z.ZodArray<z.ZodString>;
/** A JSON Schema or another map that is handed on as it is. */
export declare const freeMap: z.ZodRecord<z.ZodString, z.ZodUnknown>;
/** A spending limit. */
export declare const budget: z.ZodObject<{
    tokens: z.ZodOptional<z.ZodInt>;
    'cost-usd': z.ZodOptional<z.ZodNumber>;
    'warn-at': z.ZodOptional<z.ZodNumber>;
    'on-exceeded': z.ZodOptional<z.ZodEnum<{
        cancel: "cancel";
        stop: "stop";
        warn: "warn";
    }>>;
}, z.core.$strict>;
/** Whether agents that begin with the same pay for it once. */
export declare const sharePrefix: z.ZodEnum<{
    auto: "auto";
    off: "off";
}>;
/** What is kept of the run's budget for one instance. */
export declare const reserve: z.ZodObject<{
    tokens: z.ZodOptional<z.ZodInt>;
    'cost-usd': z.ZodOptional<z.ZodNumber>;
}, z.core.$strict>;
/** What the run's budget holds for. */
export declare const budgetPeriod: z.ZodEnum<{
    day: "day";
    run: "run";
    week: "week";
}>;
/** An edge's condition. */
export declare const when: z.ZodUnion<readonly [z.ZodEnum<{
    always: "always";
    completed: "completed";
    failure: "failure";
    skipped: "skipped";
    success: "success";
}>, z.ZodString]>;
/** How many entries of `needs` must hold. */
export declare const join: z.ZodUnion<readonly [z.ZodEnum<{
    all: "all";
    any: "any";
}>, z.ZodObject<{
    'at-least': z.ZodInt;
    'cancel-rest': z.ZodOptional<z.ZodBoolean>;
}, z.core.$strict>]>;
/** One entry of `needs`. */
export declare const edge: z.ZodObject<{
    instance: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    run: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    as: z.ZodOptional<z.ZodString>;
    branch: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    'max-age': z.ZodOptional<z.ZodString>;
    optional: z.ZodOptional<z.ZodBoolean>;
    when: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
        always: "always";
        completed: "completed";
        failure: "failure";
        skipped: "skipped";
        success: "success";
    }>, z.ZodString]>>;
    delay: z.ZodOptional<z.ZodString>;
    'continue-on-failure': z.ZodOptional<z.ZodBoolean>;
    'at-least': z.ZodOptional<z.ZodInt>;
    'cancel-rest': z.ZodOptional<z.ZodBoolean>;
}, z.core.$strict>;
/** How often a sequence is repeated. */
export declare const repeat: z.ZodObject<{
    until: z.ZodString;
    max: z.ZodInt;
    'on-exhausted': z.ZodOptional<z.ZodEnum<{
        failure: "failure";
        success: "success";
    }>>;
}, z.core.$strict>;
/** When a failed attempt is made again. */
export declare const retry: z.ZodUnion<readonly [z.ZodInt, z.ZodObject<{
    attempts: z.ZodOptional<z.ZodInt>;
    on: z.ZodOptional<z.ZodArray<z.ZodEnum<{
        crash: "crash";
        failure: "failure";
        "invalid-output": "invalid-output";
        "no-output": "no-output";
        overloaded: "overloaded";
        "rate-limit": "rate-limit";
        timeout: "timeout";
    }>>>;
    backoff: z.ZodOptional<z.ZodString>;
    'max-backoff': z.ZodOptional<z.ZodString>;
}, z.core.$strict>]>;
