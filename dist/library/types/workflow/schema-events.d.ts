import { z } from 'zod';
/** `when` of a file. */
export declare const when: z.ZodArray<z.ZodString>;
/** An entry of `commands`. */
export declare const command: z.ZodObject<{
    description: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>;
    only: z.ZodOptional<z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>]>>;
    inputs: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>>;
    access: z.ZodOptional<z.ZodEnum<{
        admin: "admin";
        write: "write";
    }>>;
}, z.core.$strict>;
/** An entry of `commands` as written. */
export type CommandEntry = z.infer<typeof command>;
