import type { JsonObject } from './json.ts';
/** How bad a finding is, the worst first. */
export declare const severities: readonly ['critical', 'high', 'medium', 'low', 'info'];
/** How bad a finding is. */
export type Severity = (typeof severities)[number];
/**
 * JSON Schema of `output-schema: findings`: what a reviewing agent found. Strict in the way both the Anthropic and the
 * OpenAI CLI can enforce: every property required, none besides, null where there is nothing to say.
 */
export declare const findingsSchema: JsonObject;
