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
}, z.core.$strict>;
