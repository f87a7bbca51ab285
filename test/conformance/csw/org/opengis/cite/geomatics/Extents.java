package org.opengis.cite.geomatics;

import java.util.List;
import org.apache.sis.geometry.GeneralEnvelope;
import org.apache.sis.referencing.CommonCRS;
import org.opengis.geometry.Envelope;
import org.opengis.referencing.cs.AxisDirection;
import org.opengis.referencing.operation.TransformException;
import org.opengis.util.FactoryException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The three calls the suite makes of the library for extents, for WGS 84: envelopes in latitude, longitude (EPSG 4326). */
public final class Extents {

  private Extents() {}

  /** An envelope of ows:BoundingBox, ows:WGS84BoundingBox or gml:Envelope. */
  public static Envelope createEnvelope(Node node) throws FactoryException {
    Element box = (Element) node;
    double[] lower = corner(box, "LowerCorner", "lowerCorner");
    double[] upper = corner(box, "UpperCorner", "upperCorner");
    String crs = box.getAttribute("crs") + box.getAttribute("srsName");
    boolean longitudeFirst = box.getLocalName().equals("WGS84BoundingBox") || crs.contains("CRS84");
    int latitude = longitudeFirst ? 1 : 0;
    return envelope(lower[latitude], lower[1 - latitude], upper[latitude], upper[1 - latitude]);
  }

  /** The envelope around all of them. */
  public static Envelope coalesceBoundingBoxes(List<Node> boxes) throws FactoryException, TransformException {
    GeneralEnvelope all = null;
    for (Node box : boxes) {
      Envelope one = createEnvelope(box);
      if (all == null) all = new GeneralEnvelope(one);
      else all.add(one);
    }
    return all;
  }

  /** The corners and the CRS, as the bbox parameter has them (OGC 06-121r9, 10.2.3). */
  public static String envelopeToString(Envelope envelope) {
    boolean longitudeFirst = isLongitudeFirst(envelope);
    String corners =
        envelope.getMinimum(0) + "," + envelope.getMinimum(1) + "," + envelope.getMaximum(0) + "," + envelope.getMaximum(1);
    return longitudeFirst ? corners : corners + ",urn:ogc:def:crs:EPSG::4326";
  }

  /** Whether the first axis points east. */
  static boolean isLongitudeFirst(Envelope envelope) {
    return envelope.getCoordinateReferenceSystem().getCoordinateSystem().getAxis(0).getDirection() == AxisDirection.EAST;
  }

  private static double[] corner(Element box, String... names) {
    for (String name : names) {
      NodeList found = box.getElementsByTagNameNS("*", name);
      if (found.getLength() == 0) continue;
      String[] words = found.item(0).getTextContent().trim().split("\\s+");
      return new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])};
    }
    throw new IllegalArgumentException("No corner in " + box.getNodeName());
  }

  private static Envelope envelope(double south, double west, double north, double east) {
    GeneralEnvelope made = new GeneralEnvelope(CommonCRS.WGS84.geographic());
    made.setEnvelope(south, west, north, east);
    return made;
  }
}
