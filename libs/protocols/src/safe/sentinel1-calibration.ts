import { InvalidError } from '#domain/errors.js';
import type { CalibrationVector, SarCalibration } from '#domain/ports/sar-calibration.js';
import { parseXml, parseXmlBytes } from '../xml/parse-xml.js';
import type { XmlElement } from '../xml/xml-element.js';
import { select, textAt } from '../xml/xml-path.js';

const MAX_VALUES = 4e6;

/** Reads the sigma nought table of `annotation/calibration/calibration-*.xml` (S1-RS-MDA-52-7441 §6.3.2). Throws InvalidError for other documents and tables that cannot be used. */
export function parseSentinel1Calibration(source: string | Uint8Array): SarCalibration {
  const root = typeof source === 'string' ? parseXml(source) : parseXmlBytes(source);
  const vectors = select(root, 'calibrationVectorList/calibrationVector').map(vectorOf);
  if (root.name !== 'calibration' || vectors.length === 0) {
    throw new InvalidError('The calibration annotation holds no calibration vectors.');
  }
  if (vectors.reduce((sum, { pixels }) => sum + pixels.length, 0) > MAX_VALUES) {
    throw new InvalidError(`The calibration annotation holds more than ${MAX_VALUES} factors.`);
  }
  return { vectors: vectors.toSorted((a, b) => a.line - b.line) };
}

function vectorOf(element: XmlElement): CalibrationVector {
  const line = Number(textAt(element, 'line') ?? NaN);
  const pixels = numbers(textAt(element, 'pixel'));
  const factors = numbers(textAt(element, 'sigmaNought'));
  const ascending = pixels.every((pixel, i) => i === 0 || pixel > pixels[i - 1]!);
  const usable = Number.isFinite(line) && ascending && factors.every((factor) => factor > 0 && Number.isFinite(factor));
  if (!usable || pixels.length === 0 || pixels.length !== factors.length) {
    throw new InvalidError(
      'A vector of the calibration annotation has no usable line, pixels and sigmaNought factors.',
    );
  }
  return { line, pixels, factors };
}

function numbers(text: string | undefined): readonly number[] {
  return text === undefined ? [] : text.split(/\s+/).map(Number);
}
