import { zip } from '../../../lib/zip.ts';
import { colorIcon, outlineIcon } from './icons.ts';
import { type ManifestOptions, teamsManifest } from './manifest.ts';

/**
 * The app package to be uploaded to Teams: manifest and icons in a ZIP archive, the same for the same options.
 * @throws RangeError when Teams would not take it.
 */
export function teamsAppPackage(options: ManifestOptions): Buffer {
  const manifest = teamsManifest(options);
  return zip([
    { name: 'manifest.json', content: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    { name: 'color.png', content: colorIcon() },
    { name: 'outline.png', content: outlineIcon() },
  ]);
}
