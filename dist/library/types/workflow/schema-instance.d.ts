import { z } from 'zod';
/** What else may stand both in `defaults:` and on an instance. */
export declare const policyKeys: {
    'runs-on': z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
    environment: z.ZodOptional<z.ZodString>;
    agent: z.ZodOptional<z.ZodString>;
    join: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
        all: "all";
        any: "any";
    }>, z.ZodObject<{
        'at-least': z.ZodInt;
        'cancel-rest': z.ZodOptional<z.ZodBoolean>;
    }, z.core.$strict>]>>;
    'working-directory': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    workspace: z.ZodOptional<z.ZodEnum<{
        shared: "shared";
        worktree: "worktree";
    }>>;
    apply: z.ZodOptional<z.ZodBoolean>;
    'allow-paths': z.ZodOptional<z.ZodArray<z.ZodString>>;
    shell: z.ZodOptional<z.ZodString>;
    limits: z.ZodOptional<z.ZodObject<{
        memory: z.ZodOptional<z.ZodString>;
        cpu: z.ZodOptional<z.ZodNumber>;
        'cpu-time': z.ZodOptional<z.ZodString>;
        output: z.ZodOptional<z.ZodString>;
        processes: z.ZodOptional<z.ZodInt>;
    }, z.core.$strict>>;
    attach: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    parse: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
        checkstyle: "checkstyle";
        eslint: "eslint";
        json: "json";
        ndjson: "ndjson";
        none: "none";
        rdjson: "rdjson";
        sarif: "sarif";
    }>, z.ZodObject<{
        regex: z.ZodString;
    }, z.core.$strict>]>>;
    cache: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
        paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        'max-age': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>]>>;
    approval: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
        approvers: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        message: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        'timeout-minutes': z.ZodOptional<z.ZodNumber>;
    }, z.core.$strict>]>>;
    'continue-on-error': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
    priority: z.ZodOptional<z.ZodInt>;
    concurrency: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
        group: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
        'cancel-in-progress': z.ZodOptional<z.ZodBoolean>;
    }, z.core.$strict>]>>;
    'start-at': z.ZodOptional<z.ZodString>;
};
/** `defaults:`. */
export declare const defaults: z.ZodObject<{
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
    'runs-on': z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
    environment: z.ZodOptional<z.ZodString>;
    agent: z.ZodOptional<z.ZodString>;
    join: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
        all: "all";
        any: "any";
    }>, z.ZodObject<{
        'at-least': z.ZodInt;
        'cancel-rest': z.ZodOptional<z.ZodBoolean>;
    }, z.core.$strict>]>>;
    'working-directory': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    workspace: z.ZodOptional<z.ZodEnum<{
        shared: "shared";
        worktree: "worktree";
    }>>;
    apply: z.ZodOptional<z.ZodBoolean>;
    'allow-paths': z.ZodOptional<z.ZodArray<z.ZodString>>;
    shell: z.ZodOptional<z.ZodString>;
    limits: z.ZodOptional<z.ZodObject<{
        memory: z.ZodOptional<z.ZodString>;
        cpu: z.ZodOptional<z.ZodNumber>;
        'cpu-time': z.ZodOptional<z.ZodString>;
        output: z.ZodOptional<z.ZodString>;
        processes: z.ZodOptional<z.ZodInt>;
    }, z.core.$strict>>;
    attach: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    parse: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
        checkstyle: "checkstyle";
        eslint: "eslint";
        json: "json";
        ndjson: "ndjson";
        none: "none";
        rdjson: "rdjson";
        sarif: "sarif";
    }>, z.ZodObject<{
        regex: z.ZodString;
    }, z.core.$strict>]>>;
    cache: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
        paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        'max-age': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>]>>;
    approval: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
        approvers: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        message: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        'timeout-minutes': z.ZodOptional<z.ZodNumber>;
    }, z.core.$strict>]>>;
    'continue-on-error': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
    priority: z.ZodOptional<z.ZodInt>;
    concurrency: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
        group: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
        'cancel-in-progress': z.ZodOptional<z.ZodBoolean>;
    }, z.core.$strict>]>>;
    'start-at': z.ZodOptional<z.ZodString>;
    'share-prefix': z.ZodOptional<z.ZodEnum<{
        auto: "auto";
        off: "off";
    }>>;
    claude: z.ZodOptional<z.ZodObject<{
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
        'runs-on': z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
        environment: z.ZodOptional<z.ZodString>;
        'working-directory': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        workspace: z.ZodOptional<z.ZodEnum<{
            shared: "shared";
            worktree: "worktree";
        }>>;
        apply: z.ZodOptional<z.ZodBoolean>;
        'allow-paths': z.ZodOptional<z.ZodArray<z.ZodString>>;
        shell: z.ZodOptional<z.ZodString>;
        limits: z.ZodOptional<z.ZodObject<{
            memory: z.ZodOptional<z.ZodString>;
            cpu: z.ZodOptional<z.ZodNumber>;
            'cpu-time': z.ZodOptional<z.ZodString>;
            output: z.ZodOptional<z.ZodString>;
            processes: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        attach: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        parse: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
            checkstyle: "checkstyle";
            eslint: "eslint";
            json: "json";
            ndjson: "ndjson";
            none: "none";
            rdjson: "rdjson";
            sarif: "sarif";
        }>, z.ZodObject<{
            regex: z.ZodString;
        }, z.core.$strict>]>>;
        cache: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'max-age': z.ZodOptional<z.ZodString>;
        }, z.core.$strict>]>>;
        approval: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            approvers: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            message: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'timeout-minutes': z.ZodOptional<z.ZodNumber>;
        }, z.core.$strict>]>>;
        'continue-on-error': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
        priority: z.ZodOptional<z.ZodInt>;
        concurrency: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
            group: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
            'cancel-in-progress': z.ZodOptional<z.ZodBoolean>;
        }, z.core.$strict>]>>;
        'start-at': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
    codex: z.ZodOptional<z.ZodObject<{
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
        'runs-on': z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
        environment: z.ZodOptional<z.ZodString>;
        'working-directory': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        workspace: z.ZodOptional<z.ZodEnum<{
            shared: "shared";
            worktree: "worktree";
        }>>;
        apply: z.ZodOptional<z.ZodBoolean>;
        'allow-paths': z.ZodOptional<z.ZodArray<z.ZodString>>;
        shell: z.ZodOptional<z.ZodString>;
        limits: z.ZodOptional<z.ZodObject<{
            memory: z.ZodOptional<z.ZodString>;
            cpu: z.ZodOptional<z.ZodNumber>;
            'cpu-time': z.ZodOptional<z.ZodString>;
            output: z.ZodOptional<z.ZodString>;
            processes: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        attach: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        parse: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
            checkstyle: "checkstyle";
            eslint: "eslint";
            json: "json";
            ndjson: "ndjson";
            none: "none";
            rdjson: "rdjson";
            sarif: "sarif";
        }>, z.ZodObject<{
            regex: z.ZodString;
        }, z.core.$strict>]>>;
        cache: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'max-age': z.ZodOptional<z.ZodString>;
        }, z.core.$strict>]>>;
        approval: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            approvers: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            message: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'timeout-minutes': z.ZodOptional<z.ZodNumber>;
        }, z.core.$strict>]>>;
        'continue-on-error': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
        priority: z.ZodOptional<z.ZodInt>;
        concurrency: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
            group: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
            'cancel-in-progress': z.ZodOptional<z.ZodBoolean>;
        }, z.core.$strict>]>>;
        'start-at': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
    gemini: z.ZodOptional<z.ZodObject<{
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
        'runs-on': z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
        environment: z.ZodOptional<z.ZodString>;
        'working-directory': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        workspace: z.ZodOptional<z.ZodEnum<{
            shared: "shared";
            worktree: "worktree";
        }>>;
        apply: z.ZodOptional<z.ZodBoolean>;
        'allow-paths': z.ZodOptional<z.ZodArray<z.ZodString>>;
        shell: z.ZodOptional<z.ZodString>;
        limits: z.ZodOptional<z.ZodObject<{
            memory: z.ZodOptional<z.ZodString>;
            cpu: z.ZodOptional<z.ZodNumber>;
            'cpu-time': z.ZodOptional<z.ZodString>;
            output: z.ZodOptional<z.ZodString>;
            processes: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        attach: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        parse: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
            checkstyle: "checkstyle";
            eslint: "eslint";
            json: "json";
            ndjson: "ndjson";
            none: "none";
            rdjson: "rdjson";
            sarif: "sarif";
        }>, z.ZodObject<{
            regex: z.ZodString;
        }, z.core.$strict>]>>;
        cache: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'max-age': z.ZodOptional<z.ZodString>;
        }, z.core.$strict>]>>;
        approval: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            approvers: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            message: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'timeout-minutes': z.ZodOptional<z.ZodNumber>;
        }, z.core.$strict>]>>;
        'continue-on-error': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
        priority: z.ZodOptional<z.ZodInt>;
        concurrency: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
            group: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
            'cancel-in-progress': z.ZodOptional<z.ZodBoolean>;
        }, z.core.$strict>]>>;
        'start-at': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
    opencode: z.ZodOptional<z.ZodObject<{
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
        'runs-on': z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
        environment: z.ZodOptional<z.ZodString>;
        'working-directory': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        workspace: z.ZodOptional<z.ZodEnum<{
            shared: "shared";
            worktree: "worktree";
        }>>;
        apply: z.ZodOptional<z.ZodBoolean>;
        'allow-paths': z.ZodOptional<z.ZodArray<z.ZodString>>;
        shell: z.ZodOptional<z.ZodString>;
        limits: z.ZodOptional<z.ZodObject<{
            memory: z.ZodOptional<z.ZodString>;
            cpu: z.ZodOptional<z.ZodNumber>;
            'cpu-time': z.ZodOptional<z.ZodString>;
            output: z.ZodOptional<z.ZodString>;
            processes: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        attach: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        parse: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
            checkstyle: "checkstyle";
            eslint: "eslint";
            json: "json";
            ndjson: "ndjson";
            none: "none";
            rdjson: "rdjson";
            sarif: "sarif";
        }>, z.ZodObject<{
            regex: z.ZodString;
        }, z.core.$strict>]>>;
        cache: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'max-age': z.ZodOptional<z.ZodString>;
        }, z.core.$strict>]>>;
        approval: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            approvers: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            message: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'timeout-minutes': z.ZodOptional<z.ZodNumber>;
        }, z.core.$strict>]>>;
        'continue-on-error': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
        priority: z.ZodOptional<z.ZodInt>;
        concurrency: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
            group: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
            'cancel-in-progress': z.ZodOptional<z.ZodBoolean>;
        }, z.core.$strict>]>>;
        'start-at': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
    qwen: z.ZodOptional<z.ZodObject<{
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
        'runs-on': z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
        environment: z.ZodOptional<z.ZodString>;
        'working-directory': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        workspace: z.ZodOptional<z.ZodEnum<{
            shared: "shared";
            worktree: "worktree";
        }>>;
        apply: z.ZodOptional<z.ZodBoolean>;
        'allow-paths': z.ZodOptional<z.ZodArray<z.ZodString>>;
        shell: z.ZodOptional<z.ZodString>;
        limits: z.ZodOptional<z.ZodObject<{
            memory: z.ZodOptional<z.ZodString>;
            cpu: z.ZodOptional<z.ZodNumber>;
            'cpu-time': z.ZodOptional<z.ZodString>;
            output: z.ZodOptional<z.ZodString>;
            processes: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        attach: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        parse: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
            checkstyle: "checkstyle";
            eslint: "eslint";
            json: "json";
            ndjson: "ndjson";
            none: "none";
            rdjson: "rdjson";
            sarif: "sarif";
        }>, z.ZodObject<{
            regex: z.ZodString;
        }, z.core.$strict>]>>;
        cache: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'max-age': z.ZodOptional<z.ZodString>;
        }, z.core.$strict>]>>;
        approval: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            approvers: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            message: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'timeout-minutes': z.ZodOptional<z.ZodNumber>;
        }, z.core.$strict>]>>;
        'continue-on-error': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
        priority: z.ZodOptional<z.ZodInt>;
        concurrency: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
            group: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
            'cancel-in-progress': z.ZodOptional<z.ZodBoolean>;
        }, z.core.$strict>]>>;
        'start-at': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
    copilot: z.ZodOptional<z.ZodObject<{
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
        'runs-on': z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
        environment: z.ZodOptional<z.ZodString>;
        'working-directory': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        workspace: z.ZodOptional<z.ZodEnum<{
            shared: "shared";
            worktree: "worktree";
        }>>;
        apply: z.ZodOptional<z.ZodBoolean>;
        'allow-paths': z.ZodOptional<z.ZodArray<z.ZodString>>;
        shell: z.ZodOptional<z.ZodString>;
        limits: z.ZodOptional<z.ZodObject<{
            memory: z.ZodOptional<z.ZodString>;
            cpu: z.ZodOptional<z.ZodNumber>;
            'cpu-time': z.ZodOptional<z.ZodString>;
            output: z.ZodOptional<z.ZodString>;
            processes: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        attach: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        parse: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
            checkstyle: "checkstyle";
            eslint: "eslint";
            json: "json";
            ndjson: "ndjson";
            none: "none";
            rdjson: "rdjson";
            sarif: "sarif";
        }>, z.ZodObject<{
            regex: z.ZodString;
        }, z.core.$strict>]>>;
        cache: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'max-age': z.ZodOptional<z.ZodString>;
        }, z.core.$strict>]>>;
        approval: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            approvers: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            message: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'timeout-minutes': z.ZodOptional<z.ZodNumber>;
        }, z.core.$strict>]>>;
        'continue-on-error': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
        priority: z.ZodOptional<z.ZodInt>;
        concurrency: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
            group: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
            'cancel-in-progress': z.ZodOptional<z.ZodBoolean>;
        }, z.core.$strict>]>>;
        'start-at': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
    pi: z.ZodOptional<z.ZodObject<{
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
        'runs-on': z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
        environment: z.ZodOptional<z.ZodString>;
        'working-directory': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        workspace: z.ZodOptional<z.ZodEnum<{
            shared: "shared";
            worktree: "worktree";
        }>>;
        apply: z.ZodOptional<z.ZodBoolean>;
        'allow-paths': z.ZodOptional<z.ZodArray<z.ZodString>>;
        shell: z.ZodOptional<z.ZodString>;
        limits: z.ZodOptional<z.ZodObject<{
            memory: z.ZodOptional<z.ZodString>;
            cpu: z.ZodOptional<z.ZodNumber>;
            'cpu-time': z.ZodOptional<z.ZodString>;
            output: z.ZodOptional<z.ZodString>;
            processes: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        attach: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        parse: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
            checkstyle: "checkstyle";
            eslint: "eslint";
            json: "json";
            ndjson: "ndjson";
            none: "none";
            rdjson: "rdjson";
            sarif: "sarif";
        }>, z.ZodObject<{
            regex: z.ZodString;
        }, z.core.$strict>]>>;
        cache: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'max-age': z.ZodOptional<z.ZodString>;
        }, z.core.$strict>]>>;
        approval: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
            approvers: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            message: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'timeout-minutes': z.ZodOptional<z.ZodNumber>;
        }, z.core.$strict>]>>;
        'continue-on-error': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
        priority: z.ZodOptional<z.ZodInt>;
        concurrency: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
            group: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
            'cancel-in-progress': z.ZodOptional<z.ZodBoolean>;
        }, z.core.$strict>]>>;
        'start-at': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
}, z.core.$strict>;
/** Everything an instance may say but its members. */
declare const leafKeys: {
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
    'runs-on': z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
    environment: z.ZodOptional<z.ZodString>;
    agent: z.ZodOptional<z.ZodString>;
    join: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
        all: "all";
        any: "any";
    }>, z.ZodObject<{
        'at-least': z.ZodInt;
        'cancel-rest': z.ZodOptional<z.ZodBoolean>;
    }, z.core.$strict>]>>;
    'working-directory': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    workspace: z.ZodOptional<z.ZodEnum<{
        shared: "shared";
        worktree: "worktree";
    }>>;
    apply: z.ZodOptional<z.ZodBoolean>;
    'allow-paths': z.ZodOptional<z.ZodArray<z.ZodString>>;
    shell: z.ZodOptional<z.ZodString>;
    limits: z.ZodOptional<z.ZodObject<{
        memory: z.ZodOptional<z.ZodString>;
        cpu: z.ZodOptional<z.ZodNumber>;
        'cpu-time': z.ZodOptional<z.ZodString>;
        output: z.ZodOptional<z.ZodString>;
        processes: z.ZodOptional<z.ZodInt>;
    }, z.core.$strict>>;
    attach: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    parse: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
        checkstyle: "checkstyle";
        eslint: "eslint";
        json: "json";
        ndjson: "ndjson";
        none: "none";
        rdjson: "rdjson";
        sarif: "sarif";
    }>, z.ZodObject<{
        regex: z.ZodString;
    }, z.core.$strict>]>>;
    cache: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
        paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        'max-age': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>]>>;
    approval: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodObject<{
        approvers: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        message: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        'timeout-minutes': z.ZodOptional<z.ZodNumber>;
    }, z.core.$strict>]>>;
    'continue-on-error': z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
    priority: z.ZodOptional<z.ZodInt>;
    concurrency: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
        group: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
        'cancel-in-progress': z.ZodOptional<z.ZodBoolean>;
    }, z.core.$strict>]>>;
    'start-at': z.ZodOptional<z.ZodString>;
    id: z.ZodOptional<z.ZodString>;
    name: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    description: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    prompt: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    'prompt-file': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    run: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    command: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    requires: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>]>>;
    needs: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
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
    }, z.core.$strict>, z.ZodArray<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
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
    }, z.core.$strict>]>>]>>;
    if: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
    paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    'paths-ignore': z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    split: z.ZodOptional<z.ZodObject<{
        'max-bytes': z.ZodString;
    }, z.core.$strict>>;
    strategy: z.ZodOptional<z.ZodObject<{
        matrix: z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodObject<{
            include: z.ZodOptional<z.ZodUnion<readonly [z.ZodArray<z.ZodRecord<z.ZodString, z.ZodUnknown>>, z.ZodString]>>;
            exclude: z.ZodOptional<z.ZodUnion<readonly [z.ZodArray<z.ZodRecord<z.ZodString, z.ZodUnknown>>, z.ZodString]>>;
        }, z.core.$catchall<z.ZodUnion<readonly [z.ZodArray<z.ZodUnknown>, z.ZodString]>>>]>>;
        'max-parallel': z.ZodOptional<z.ZodInt>;
        'max-instances': z.ZodOptional<z.ZodInt>;
        'fail-fast': z.ZodOptional<z.ZodBoolean>;
        variant: z.ZodOptional<z.ZodLazy<z.ZodType<Record<string, InstanceEntry>, unknown, z.core.$ZodTypeInternals<Record<string, InstanceEntry>, unknown>>>>;
        choose: z.ZodOptional<z.ZodUnion<readonly [z.ZodEnum<{
            all: "all";
            commit: "commit";
            label: "label";
        }>, z.ZodObject<{
            weights: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodNumber>>;
            labels: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        }, z.core.$strict>]>>;
    }, z.core.$strict>>;
    repeat: z.ZodOptional<z.ZodObject<{
        until: z.ZodString;
        max: z.ZodInt;
        'on-exhausted': z.ZodOptional<z.ZodEnum<{
            failure: "failure";
            success: "success";
        }>>;
    }, z.core.$strict>>;
    outputs: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    effects: z.ZodOptional<z.ZodObject<{
        issue: z.ZodOptional<z.ZodObject<{
            title: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'title-prefix': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            labels: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            expires: z.ZodOptional<z.ZodString>;
            max: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        comment: z.ZodOptional<z.ZodObject<{
            on: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            max: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        labels: z.ZodOptional<z.ZodObject<{
            allow: z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            on: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            max: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        close: z.ZodOptional<z.ZodObject<{
            on: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        }, z.core.$strict>>;
        'pull-request': z.ZodOptional<z.ZodObject<{
            title: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'title-prefix': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            body: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            branch: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            base: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            labels: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            reviewers: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            'team-reviewers': z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            draft: z.ZodOptional<z.ZodBoolean>;
            branches: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            'max-bytes': z.ZodOptional<z.ZodString>;
        }, z.core.$strict>>;
        push: z.ZodOptional<z.ZodObject<{
            title: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            branches: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            'max-bytes': z.ZodOptional<z.ZodString>;
        }, z.core.$strict>>;
        dispatch: z.ZodOptional<z.ZodObject<{
            allow: z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            ref: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            inputs: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            'allow-inputs': z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            mark: z.ZodOptional<z.ZodString>;
            max: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
    }, z.core.$strict>>;
    memory: z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodObject<{
        name: z.ZodString;
        'max-bytes': z.ZodOptional<z.ZodString>;
        'max-files': z.ZodOptional<z.ZodInt>;
    }, z.core.$strict>]>>;
    session: z.ZodOptional<z.ZodString>;
};
type LeafEntry = z.infer<z.ZodObject<typeof leafKeys>>;
/** An entry of `instances`, or a member of a group. */
export interface InstanceEntry extends LeafEntry {
    sequence?: InstanceEntry[] | undefined;
    parallel?: Record<string, InstanceEntry> | InstanceEntry[] | undefined;
}
/** A node of the file: one process, or a group of nodes. */
export declare const instance: z.ZodType<InstanceEntry>;
export {};
