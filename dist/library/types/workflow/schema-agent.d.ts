import { z } from 'zod';
/** What makes an agent: may stand in `agents:`, in `defaults:` and on an instance. */
export declare const identityKeys: {
    runtime: z.ZodOptional<z.ZodString>;
    model: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    args: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    'max-turns': z.ZodOptional<z.ZodInt>;
    'allowed-tools': z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    'disallowed-tools': z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    instructions: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    'instructions-file': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    mcp: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodRecord<z.ZodString, z.ZodUnknown>]>>;
    env: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    'env-from': z.ZodOptional<z.ZodArray<z.ZodString>>;
    secrets: z.ZodOptional<z.ZodArray<z.ZodString>>;
    'timeout-minutes': z.ZodOptional<z.ZodNumber>;
    'idle-timeout-minutes': z.ZodOptional<z.ZodNumber>;
    retry: z.ZodOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodObject<{
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
    }, z.core.$strict>]>>;
    fallback: z.ZodOptional<z.ZodArray<z.ZodObject<{
        runtime: z.ZodOptional<z.ZodString>;
        model: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        agent: z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>>;
    budget: z.ZodOptional<z.ZodObject<{
        tokens: z.ZodOptional<z.ZodInt>;
        'cost-usd': z.ZodOptional<z.ZodNumber>;
        'warn-at': z.ZodOptional<z.ZodNumber>;
        'on-exceeded': z.ZodOptional<z.ZodEnum<{
            cancel: "cancel";
            stop: "stop";
            warn: "warn";
        }>>;
    }, z.core.$strict>>;
    'output-schema': z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodRecord<z.ZodString, z.ZodUnknown>]>>;
    expect: z.ZodOptional<z.ZodObject<{
        text: z.ZodOptional<z.ZodEnum<{
            any: "any";
            "non-empty": "non-empty";
        }>>;
        files: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        denials: z.ZodOptional<z.ZodInt>;
        'no-warnings': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodArray<z.ZodEnum<{
            denied: "denied";
            "mcp-failed": "mcp-failed";
            "model-changed": "model-changed";
            refused: "refused";
            truncated: "truncated";
        }>>]>>;
        regex: z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
    transcript: z.ZodOptional<z.ZodBoolean>;
    safety: z.ZodOptional<z.ZodEnum<{
        autonomous: "autonomous";
        manual: "manual";
        "read-only": "read-only";
        supervised: "supervised";
    }>>;
    credentials: z.ZodOptional<z.ZodEnum<{
        direct: "direct";
        proxy: "proxy";
    }>>;
    permissions: z.ZodOptional<z.ZodObject<{
        allow: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        ask: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        deny: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    }, z.core.$strict>>;
    container: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
        image: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
        engine: z.ZodOptional<z.ZodEnum<{
            docker: "docker";
            podman: "podman";
        }>>;
        network: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        user: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        volumes: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        options: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    }, z.core.$strict>]>>;
    sandbox: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
        network: z.ZodOptional<z.ZodArray<z.ZodString>>;
        write: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        read: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    }, z.core.$strict>]>>;
    channels: z.ZodOptional<z.ZodUnion<readonly [z.ZodArray<z.ZodString>, z.ZodObject<{
        memory: z.ZodOptional<z.ZodBoolean>;
        topics: z.ZodOptional<z.ZodArray<z.ZodString>>;
    }, z.core.$strict>]>>;
};
/** An entry of `agents:`. */
export declare const agent: z.ZodObject<{
    runtime: z.ZodOptional<z.ZodString>;
    model: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    args: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    'max-turns': z.ZodOptional<z.ZodInt>;
    'allowed-tools': z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    'disallowed-tools': z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    instructions: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    'instructions-file': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    mcp: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodRecord<z.ZodString, z.ZodUnknown>]>>;
    env: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    'env-from': z.ZodOptional<z.ZodArray<z.ZodString>>;
    secrets: z.ZodOptional<z.ZodArray<z.ZodString>>;
    'timeout-minutes': z.ZodOptional<z.ZodNumber>;
    'idle-timeout-minutes': z.ZodOptional<z.ZodNumber>;
    retry: z.ZodOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodObject<{
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
    }, z.core.$strict>]>>;
    fallback: z.ZodOptional<z.ZodArray<z.ZodObject<{
        runtime: z.ZodOptional<z.ZodString>;
        model: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        agent: z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>>;
    budget: z.ZodOptional<z.ZodObject<{
        tokens: z.ZodOptional<z.ZodInt>;
        'cost-usd': z.ZodOptional<z.ZodNumber>;
        'warn-at': z.ZodOptional<z.ZodNumber>;
        'on-exceeded': z.ZodOptional<z.ZodEnum<{
            cancel: "cancel";
            stop: "stop";
            warn: "warn";
        }>>;
    }, z.core.$strict>>;
    'output-schema': z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodRecord<z.ZodString, z.ZodUnknown>]>>;
    expect: z.ZodOptional<z.ZodObject<{
        text: z.ZodOptional<z.ZodEnum<{
            any: "any";
            "non-empty": "non-empty";
        }>>;
        files: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        denials: z.ZodOptional<z.ZodInt>;
        'no-warnings': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodArray<z.ZodEnum<{
            denied: "denied";
            "mcp-failed": "mcp-failed";
            "model-changed": "model-changed";
            refused: "refused";
            truncated: "truncated";
        }>>]>>;
        regex: z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
    transcript: z.ZodOptional<z.ZodBoolean>;
    safety: z.ZodOptional<z.ZodEnum<{
        autonomous: "autonomous";
        manual: "manual";
        "read-only": "read-only";
        supervised: "supervised";
    }>>;
    credentials: z.ZodOptional<z.ZodEnum<{
        direct: "direct";
        proxy: "proxy";
    }>>;
    permissions: z.ZodOptional<z.ZodObject<{
        allow: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        ask: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        deny: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    }, z.core.$strict>>;
    container: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
        image: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
        engine: z.ZodOptional<z.ZodEnum<{
            docker: "docker";
            podman: "podman";
        }>>;
        network: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        user: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        volumes: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        options: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    }, z.core.$strict>]>>;
    sandbox: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
        network: z.ZodOptional<z.ZodArray<z.ZodString>>;
        write: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        read: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    }, z.core.$strict>]>>;
    channels: z.ZodOptional<z.ZodUnion<readonly [z.ZodArray<z.ZodString>, z.ZodObject<{
        memory: z.ZodOptional<z.ZodBoolean>;
        topics: z.ZodOptional<z.ZodArray<z.ZodString>>;
    }, z.core.$strict>]>>;
    description: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    capabilities: z.ZodOptional<z.ZodArray<z.ZodString>>;
}, z.core.$strict>;
