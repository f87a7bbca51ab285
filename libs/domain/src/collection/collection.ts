import type { BoundingBox } from '../geometry/geometry.js';

/** A product type the mirror carries; in ISO terms a *series*. */
export interface Collection {
  /** e.g. `sentinel-2-l1c`. */
  readonly id: string;
  /** Short name used in parent identifiers, e.g. `S2_MSI_L1C` in `EOP:<mirror>:S2_MSI_L1C`. */
  readonly shortName: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  /** Mission name, e.g. `Sentinel-2`. */
  readonly mission: string;
  /** Platform names, e.g. `sentinel-2a`. */
  readonly platforms: readonly string[];
  /** Instrument name, e.g. `msi`. */
  readonly instrument: string;
  /** `OPTICAL`, `RADAR`, `ATMOSPHERIC`, `ALTIMETRIC`. */
  readonly sensorType: 'OPTICAL' | 'RADAR' | 'ATMOSPHERIC' | 'ALTIMETRIC';
  /** e.g. `L1C`. */
  readonly processingLevel: string;
  /** Product types that belong to the collection, e.g. `S2MSI1C`. */
  readonly productTypes: readonly string[];
  /** Metres on the ground of the finest band; absent where it has none. */
  readonly resolution?: number;
  /** ISO 8601 date of the mission's first product. */
  readonly temporalStart: string;
  readonly bbox: BoundingBox;
  readonly license: CollectionLicense;
  readonly provider: CollectionProvider;
  readonly inspire: InspireFields;
  /** Members of the STAC Collection it was published as, as they came; they win over what is written from the fields above. */
  readonly stac?: Readonly<Record<string, unknown>> & {
    readonly links: readonly { readonly rel: string; readonly href: string }[];
  };
}

/** Terms of use: SPDX-like id, a text and where to read it. */
export interface CollectionLicense {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

/** Who makes the product; `email` answers questions about it (INSPIRE TG 2.0 asks for one). */
export interface CollectionProvider {
  readonly name: string;
  readonly url: string;
  readonly email?: string;
}

/** What INSPIRE (TG 2.0) asks of a series: themes, topic category, lineage, conformity, constraints. */
export interface InspireFields {
  readonly topicCategory: string;
  readonly themes: readonly string[];
  readonly lineage: string;
  readonly accessConstraints: string;
  readonly useConditions: string;
  readonly specificationTitle: string;
  readonly specificationDate: string;
}
