import { z } from 'zod';
/** `effects:` of an instance: what it may ask for on GitHub. */
export declare const effects: z.ZodObject<{
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
}, z.core.$strict>;
/** `effects:` of the file: what all its instances may do together. */
export declare const effectBounds: z.ZodObject<{
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
}, z.core.$strict>;
/** `memory:`: what an instance remembers from one run to the next. */
export declare const memory: z.ZodUnion<readonly [z.ZodString, z.ZodObject<{
    name: z.ZodString;
    'max-bytes': z.ZodOptional<z.ZodString>;
    'max-files': z.ZodOptional<z.ZodInt>;
}, z.core.$strict>]>;
