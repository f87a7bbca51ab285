import type { CoverageRequest, SourceBands } from '#domain/ports/coverage-request.js';

/** The same fields of scenes, the top one first, as sources with others under them; where scenes keep them in unlike files, field by field. */
export function layered(scenes: readonly (readonly SourceBands[])[]): CoverageRequest['sources'] {
  const [top = [], ...below] = scenes.every((scene) => shapeOf(scene) === shapeOf(scenes[0]!))
    ? scenes
    : scenes.map(apart);
  return top.map((source, index) => ({ ...source, under: below.map((scene) => scene[index]!) }));
}

function shapeOf(scene: readonly SourceBands[]): string {
  return scene.map(({ bands }) => bands.length).join(' ');
}

function apart(scene: readonly SourceBands[]): readonly SourceBands[] {
  return scene.flatMap(({ source, bands }) => bands.map((band) => ({ source, bands: [band] })));
}
