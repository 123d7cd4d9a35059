import { z } from 'zod';
import { agent } from './schema-agent.ts';
import { defaults } from './schema-instance.ts';
import { runtime } from './schema-runtime.ts';
import * as v from './schema-values.ts';
/** The whole document; every type, the JSON Schema and the reference page come from here. */
export declare const orchestrationFile: z.ZodObject<{
    name: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    description: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    include: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>]>>;
    inputs: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodObject<{
        type: z.ZodOptional<z.ZodEnum<{
            boolean: "boolean";
            choice: "choice";
            number: "number";
            string: "string";
        }>>;
        description: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        default: z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>>;
        required: z.ZodOptional<z.ZodBoolean>;
        options: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    }, z.core.$strict>>>;
    env: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    defaults: z.ZodOptional<z.ZodObject<{
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
    }, z.core.$strict>>;
    limits: z.ZodOptional<z.ZodObject<{
        'max-parallel': z.ZodOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodObject<{
            total: z.ZodOptional<z.ZodInt>;
            agents: z.ZodOptional<z.ZodInt>;
            commands: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>]>>;
        'timeout-minutes': z.ZodOptional<z.ZodNumber>;
    }, z.core.$strict>>;
    budget: z.ZodOptional<z.ZodObject<{
        tokens: z.ZodOptional<z.ZodInt>;
        'cost-usd': z.ZodOptional<z.ZodNumber>;
        'warn-at': z.ZodOptional<z.ZodNumber>;
        'on-exceeded': z.ZodOptional<z.ZodEnum<{
            cancel: "cancel";
            stop: "stop";
            warn: "warn";
        }>>;
        per: z.ZodOptional<z.ZodEnum<{
            day: "day";
            run: "run";
            week: "week";
        }>>;
        reserve: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodObject<{
            tokens: z.ZodOptional<z.ZodInt>;
            'cost-usd': z.ZodOptional<z.ZodNumber>;
        }, z.core.$strict>>>;
    }, z.core.$strict>>;
    prices: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodObject<{
        input: z.ZodNumber;
        output: z.ZodNumber;
        'cache-read': z.ZodOptional<z.ZodNumber>;
        'cache-write': z.ZodOptional<z.ZodNumber>;
        'cache-write-1h': z.ZodOptional<z.ZodNumber>;
        tiers: z.ZodOptional<z.ZodArray<z.ZodObject<{
            input: z.ZodNumber;
            output: z.ZodNumber;
            'cache-read': z.ZodOptional<z.ZodNumber>;
            'cache-write': z.ZodOptional<z.ZodNumber>;
            'cache-write-1h': z.ZodOptional<z.ZodNumber>;
            above: z.ZodNumber;
        }, z.core.$strict>>>;
    }, z.core.$strict>>>;
    agents: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodObject<{
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
    }, z.core.$strict>>>;
    runtimes: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodObject<{
        preset: z.ZodOptional<z.ZodEnum<{
            aider: "aider";
            amp: "amp";
            crush: "crush";
            "cursor-agent": "cursor-agent";
            goose: "goose";
        }>>;
        command: z.ZodOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>]>>>;
        prompt: z.ZodOptional<z.ZodEnum<{
            arg: "arg";
            file: "file";
            stdin: "stdin";
        }>>;
        version: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>]>>;
        safety: z.ZodOptional<z.ZodObject<{
            autonomous: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            supervised: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            'read-only': z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            manual: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        }, z.core.$strict>>;
        parse: z.ZodOptional<z.ZodObject<{
            format: z.ZodOptional<z.ZodEnum<{
                json: "json";
                ndjson: "ndjson";
                text: "text";
            }>>;
            text: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            error: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            tools: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            usage: z.ZodOptional<z.ZodObject<{
                input: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
                output: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
                'cache-read': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
                'cache-write': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
                reasoning: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            }, z.core.$strict>>;
            'cost-usd': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        }, z.core.$strict>>;
        env: z.ZodOptional<z.ZodArray<z.ZodString>>;
        simulate: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        'untrusted-checkout': z.ZodOptional<z.ZodBoolean>;
    }, z.core.$strict>>>;
    instances: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodType<import("./schema-instance.ts").InstanceEntry, unknown, z.core.$ZodTypeInternals<import("./schema-instance.ts").InstanceEntry, unknown>>>>;
    effects: z.ZodOptional<z.ZodObject<{
        max: z.ZodOptional<z.ZodInt>;
        issue: z.ZodOptional<z.ZodObject<{
            max: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        comment: z.ZodOptional<z.ZodObject<{
            max: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        labels: z.ZodOptional<z.ZodObject<{
            max: z.ZodOptional<z.ZodInt>;
            allow: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        }, z.core.$strict>>;
        close: z.ZodOptional<z.ZodObject<{
            max: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        'pull-request': z.ZodOptional<z.ZodObject<{
            max: z.ZodOptional<z.ZodInt>;
            branches: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            'max-bytes': z.ZodOptional<z.ZodString>;
        }, z.core.$strict>>;
        push: z.ZodOptional<z.ZodObject<{
            max: z.ZodOptional<z.ZodInt>;
            branches: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            paths: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            'max-bytes': z.ZodOptional<z.ZodString>;
        }, z.core.$strict>>;
        dispatch: z.ZodOptional<z.ZodObject<{
            max: z.ZodOptional<z.ZodInt>;
            allow: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        }, z.core.$strict>>;
    }, z.core.$strict>>;
    review: z.ZodOptional<z.ZodObject<{
        verdict: z.ZodOptional<z.ZodEnum<{
            comment: "comment";
            "request-changes": "request-changes";
        }>>;
        'max-comments': z.ZodOptional<z.ZodInt>;
        'min-agents': z.ZodOptional<z.ZodInt>;
        'min-confidence': z.ZodOptional<z.ZodNumber>;
        'min-severity': z.ZodOptional<z.ZodEnum<{
            critical: "critical";
            high: "high";
            info: "info";
            low: "low";
            medium: "medium";
        }>>;
        categories: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        'pre-existing': z.ZodOptional<z.ZodBoolean>;
        verify: z.ZodOptional<z.ZodObject<{
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
            max: z.ZodOptional<z.ZodInt>;
            votes: z.ZodOptional<z.ZodInt>;
            'max-parallel': z.ZodOptional<z.ZodInt>;
            prompt: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            agent: z.ZodOptional<z.ZodString>;
            attach: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
            limits: z.ZodOptional<z.ZodObject<{
                memory: z.ZodOptional<z.ZodString>;
                cpu: z.ZodOptional<z.ZodNumber>;
                'cpu-time': z.ZodOptional<z.ZodString>;
                output: z.ZodOptional<z.ZodString>;
                processes: z.ZodOptional<z.ZodInt>;
            }, z.core.$strict>>;
            priority: z.ZodOptional<z.ZodInt>;
            concurrency: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
                group: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>;
                'cancel-in-progress': z.ZodOptional<z.ZodBoolean>;
            }, z.core.$strict>]>>;
            'working-directory': z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        }, z.core.$strict>>;
    }, z.core.$strict>>;
    report: z.ZodOptional<z.ZodObject<{
        summary: z.ZodOptional<z.ZodBoolean>;
        comment: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodEnum<{
            new: "new";
            none: "none";
            sticky: "sticky";
        }>]>>;
        review: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodEnum<{
            inline: "inline";
            none: "none";
        }>, z.ZodObject<{
            verdict: z.ZodOptional<z.ZodEnum<{
                comment: "comment";
                "request-changes": "request-changes";
            }>>;
            'max-comments': z.ZodOptional<z.ZodInt>;
            severity: z.ZodOptional<z.ZodEnum<{
                critical: "critical";
                high: "high";
                info: "info";
                low: "low";
                medium: "medium";
            }>>;
            scope: z.ZodOptional<z.ZodEnum<{
                changed: "changed";
                full: "full";
            }>>;
        }, z.core.$strict>]>>;
        annotations: z.ZodOptional<z.ZodBoolean>;
        answer: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        check: z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>]>>;
        sarif: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodObject<{
            file: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            upload: z.ZodOptional<z.ZodBoolean>;
        }, z.core.$strict>]>>;
        artifact: z.ZodOptional<z.ZodObject<{
            name: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
            'retention-days': z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>;
        verdict: z.ZodOptional<z.ZodObject<{
            severity: z.ZodOptional<z.ZodEnum<{
                critical: "critical";
                high: "high";
                info: "info";
                low: "low";
                medium: "medium";
            }>>;
            reviewers: z.ZodOptional<z.ZodEnum<{
                all: "all";
                any: "any";
            }>>;
        }, z.core.$strict>>;
        'fail-on': z.ZodOptional<z.ZodObject<{
            severity: z.ZodEnum<{
                critical: "critical";
                high: "high";
                info: "info";
                low: "low";
                medium: "medium";
            }>;
            agents: z.ZodOptional<z.ZodInt>;
            confidence: z.ZodOptional<z.ZodNumber>;
            state: z.ZodOptional<z.ZodEnum<{
                confirmed: "confirmed";
                plausible: "plausible";
            }>>;
            'new-only': z.ZodOptional<z.ZodBoolean>;
        }, z.core.$strict>>;
    }, z.core.$strict>>;
    when: z.ZodOptional<z.ZodArray<z.ZodString>>;
    commands: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodObject<{
        description: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        only: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>]>>;
        inputs: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        access: z.ZodOptional<z.ZodEnum<{
            admin: "admin";
            write: "write";
        }>>;
    }, z.core.$strict>>>;
}, z.core.$strict>;
/** An orchestration file after validation; optional everywhere, since what was wrong is left out. */
export type OrchestrationFile = z.infer<typeof orchestrationFile>;
/** An entry of `agents`. */
export type AgentEntry = z.infer<typeof agent>;
/** An entry of `runtimes`. */
export type RuntimeEntry = z.infer<typeof runtime>;
/** `defaults`. */
export type DefaultsEntry = z.infer<typeof defaults>;
/** One entry of `needs` in its long form. */
export type EdgeEntry = z.infer<typeof v.edge>;
/** A budget as written. */
export type BudgetEntry = z.infer<typeof v.budget>;
/** `retry` as written. */
export type RetryEntry = z.infer<typeof v.retry>;
