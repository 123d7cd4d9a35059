import type { ModelApi } from './model-api.ts';
/** Google's Gemini API: https://ai.google.dev/api/generate-content */
export declare const generateContentApi: ModelApi;
