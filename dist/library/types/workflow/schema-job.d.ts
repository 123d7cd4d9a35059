import { z } from 'zod';
/** What an instance asks of the job of GitHub that runs it. */
export declare const jobKeys: {
    'runs-on': z.ZodOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
    environment: z.ZodOptional<z.ZodString>;
};
