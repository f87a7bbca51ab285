import sharp from 'sharp';

/** A decoded image: size, format and RGBA samples. */
export interface ReadImage {
  readonly width: number;
  readonly height: number;
  readonly format: string;
  /** Red, green, blue, alpha at a column and row from the upper left corner. */
  pixel(x: number, y: number): readonly number[];
}

/** Decodes a PNG, JPEG or WebP. */
export async function readImage(bytes: Uint8Array): Promise<ReadImage> {
  const { format } = await sharp(bytes).metadata();
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { width, height, format, pixel: (x, y) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)] };
}
