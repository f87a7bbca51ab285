/** One row of a calibration table: factors at pixels of a line of the image, both counted from 0. */
export interface CalibrationVector {
  readonly line: number;
  readonly pixels: readonly number[];
  readonly factors: readonly number[];
}

/** Factors A of a detected SAR image by line, ascending: backscatter (as power) is DN² / A², A bilinear between vectors and pixels. */
export interface SarCalibration {
  readonly vectors: readonly CalibrationVector[];
}
