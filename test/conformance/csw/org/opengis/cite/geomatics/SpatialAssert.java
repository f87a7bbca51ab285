package org.opengis.cite.geomatics;

import org.apache.sis.geometry.GeneralEnvelope;
import org.apache.sis.referencing.CommonCRS;
import org.opengis.geometry.Envelope;

/** The one assertion the suite makes of the library: that two envelopes in WGS 84 have something in common. */
public final class SpatialAssert {

  private SpatialAssert() {}

  /** Fails where the envelopes do not meet, whatever the axis order of each. */
  public static void assertIntersects(Envelope one, Envelope other) {
    if (latitudeFirst(one).intersects(latitudeFirst(other), true)) return;
    throw new AssertionError("The envelope " + other + " does not intersect " + one + ".");
  }

  private static GeneralEnvelope latitudeFirst(Envelope envelope) {
    if (!Extents.isLongitudeFirst(envelope)) return new GeneralEnvelope(envelope);
    GeneralEnvelope turned = new GeneralEnvelope(CommonCRS.WGS84.geographic());
    turned.setEnvelope(envelope.getMinimum(1), envelope.getMinimum(0), envelope.getMaximum(1), envelope.getMaximum(0));
    return turned;
  }
}
