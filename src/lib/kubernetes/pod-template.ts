import * as z from 'zod';

const Container = z.looseObject({ name: z.string(), image: z.string().default('') });

/** What pods are made from. */
export const PodTemplate = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).default({}) }).default({ labels: {} }),
  spec: z.looseObject({ containers: z.array(Container).default([]) }).default({ containers: [] }),
});
export type PodTemplate = z.infer<typeof PodTemplate>;

const versionLabel = 'app.kubernetes.io/version';

/** The container whose image says the version: the one of that name, or else the first; -1 when there is none. */
export function containerIndex({ spec }: PodTemplate, name: string | undefined): number {
  if (name === undefined) return spec.containers.length > 0 ? 0 : -1;
  return spec.containers.findIndex((each) => each.name === name);
}

/** The version that pods of a template run: the tag of the image, or else the label for it; null when neither says it. */
export function versionOf(template: PodTemplate, container: string | undefined): string | null {
  const image = template.spec.containers[containerIndex(template, container)]?.image ?? '';
  const [, tag] = /:([\w][\w.-]{0,127})(?:@.*)?$/.exec(image) ?? [];
  return tag ?? template.metadata.labels[versionLabel] ?? null;
}

/** A template without the label that its ReplicaSet has added. */
export function withoutLabel(template: PodTemplate, label: string): PodTemplate {
  const { [label]: _, ...labels } = template.metadata.labels;
  return { ...template, metadata: { ...template.metadata, labels } };
}
