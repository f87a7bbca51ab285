import sharp from 'sharp';

/** Loaders of the picture formats products come with. All others are shut in this process: some, as of SVG, would read further files that a picture names. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Tiff', 'Gif'].map((format) => `VipsForeignLoad${format}`);

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS });

/** The picture library, reading only formats that cannot name other files. */
export { sharp };
