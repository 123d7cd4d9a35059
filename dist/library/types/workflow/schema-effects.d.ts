import { z } from 'zod';
/** `effects:`: what an instance may ask for on GitHub. */
export declare const effects: z.ZodObject<{
    issue: z.ZodOptional<z.ZodObject<{
        title: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        key: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        labels: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
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
        branch: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        base: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        labels: z.ZodOptional<z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
        draft: z.ZodOptional<z.ZodBoolean>;
        'max-bytes': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
    push: z.ZodOptional<z.ZodObject<{
        title: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
        'max-bytes': z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
}, z.core.$strict>;
