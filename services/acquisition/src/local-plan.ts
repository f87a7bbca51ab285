import type { BrowsePlan, SwathVariable } from '#domain/ports/browse-maker.js';
import type { LocalFile } from './read-product.js';

/** A plan whose files are on local disk, from one whose files are paths in the product. */
export async function localPlan(plan: BrowsePlan, localFile: LocalFile): Promise<BrowsePlan> {
  switch (plan.kind) {
    case 'jp2-bands': {
      const [red, green, blue] = plan.files;
      return { ...plan, files: [await localFile(red), await localFile(green), await localFile(blue)] };
    }
    case 'swath':
      return {
        ...plan,
        file: await localFile(plan.file),
        latitude: await variable(plan.latitude),
        longitude: await variable(plan.longitude),
      };
    case 'sar': {
      const images = [];
      for (const image of plan.images) images.push({ ...image, file: await localFile(image.file) });
      return { ...plan, images };
    }
    case 'jp2-rgb':
    case 'jp2-grey':
    case 'gcp-tiff':
    case 'picture':
    case 'geotiff':
      return { ...plan, file: await localFile(plan.file) };
  }

  async function variable(given: SwathVariable): Promise<SwathVariable> {
    return { ...given, file: await localFile(given.file) };
  }
}
