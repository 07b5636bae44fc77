import * as z from 'zod';

/** A name of Git: no spaces, nothing that Git itself forbids, and no way out of a path. */
const gitName = /^(?!.*(?:\.\.|@\{|\/\/))[\p{L}\p{N}][\p{L}\p{N}._/+@-]*$/u;
const refSchema = z.string().max(200).regex(gitName, 'is not the name of a tag such as v2.4.0');

/** Where the source of a release is, and between which tags it lies. What release notes say of it is read there. */
export const repositorySchema = z
  .strictObject({
    github: z
      .string()
      .max(140)
      .regex(
        /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
        'is not an owner and a name such as acme/web-shop',
      )
      .describe('owner and name, such as acme/web-shop'),
    from: refSchema.describe('the tag of the previous version, such as v2.3.9'),
    to: refSchema.describe('the tag, branch or commit of this version, such as v2.4.0'),
  })
  .describe('where the source is: github, from, to');
