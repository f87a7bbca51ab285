import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Calendar;
import java.util.HexFormat;
import java.util.Map;
import org.apache.olingo.odata2.api.edm.Edm;
import org.apache.olingo.odata2.api.ep.EntityProvider;
import org.apache.olingo.odata2.api.ep.EntityProviderReadProperties;
import org.apache.olingo.odata2.api.ep.entry.ODataEntry;
import org.apache.olingo.odata2.api.ep.feed.ODataFeed;

/** What the synchroniser of a DHuS does, with the OData library it does it with: finds the service root, reads a page of products, downloads one. */
public final class SynchroniserCheck {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final EntityProviderReadProperties READ = EntityProviderReadProperties.init().build();
  private static int failures;

  public static void main(String[] arguments) throws Exception {
    URI given = URI.create(arguments[0]);
    String origin = given.getScheme() + "://" + given.getAuthority();
    String root = null;
    Edm model = null;
    StringBuilder path = new StringBuilder();
    for (String segment : (given.getPath() + "/odata/v1/Products").substring(1).split("/")) {
      path.append('/').append(segment);
      HttpResponse<InputStream> answer = get(origin + path + "/$metadata", "Accept", "application/xml");
      if (answer.statusCode() != 200) continue;
      model = EntityProvider.readMetadata(answer.body(), true);
      root = origin + path;
      break;
    }
    check("finds the service root by its model", (given + "/odata/v1").equals(root), root);

    ODataEntry wanted = null;
    String filter = "CreationDate ge datetime'2018-06-04T00:00:00.000' and (Online eq true)";
    String query = "?$filter=" + encode(filter) + "&$top=5&$orderby=CreationDate&$expand=Class,Attributes,Products";
    ODataFeed page = feed(model, root, "Products", query);
    for (ODataEntry entry : page.getEntries()) {
      Map<String, Object> product = entry.getProperties();
      String name = (String) product.get("Name");
      ODataFeed attributes = (ODataFeed) product.get("Attributes");
      ODataEntry kind = (ODataEntry) product.get("Class");
      boolean isWhole = product.get("CreationDate") instanceof Calendar
          && product.get("ContentLength") instanceof Long
          && "MD5".equals(((Map<?, ?>) product.get("Checksum")).get("Algorithm"))
          && kind.getProperties().get("Uri") != null
          && attributes.getEntries().stream().anyMatch(one -> "JTS footprint".equals(one.getProperties().get("Name")))
          && product.get("Products") instanceof ODataFeed;
      check("reads a product with what is expanded", isWhole, name);
      wanted = entry;
    }
    check("reads a page", !page.getEntries().isEmpty(), page.getEntries().size());
    if (wanted != null) readOne(model, root, wanted);
    check("reads collections", !feed(model, root, "Collections", "").getEntries().isEmpty(), "");
    check("reads what was deleted", feed(model, root, "DeletedProducts", "").getEntries() != null, "");
    System.exit(failures == 0 ? 0 : 1);
  }

  private static void readOne(Edm model, String root, ODataEntry entry) throws Exception {
    Map<String, Object> product = entry.getProperties();
    String id = (String) product.get("Id");
    String own = root + "/Products('" + id + "')";
    InputStream xml = get(own, "Accept", "application/atom+xml").body();
    var products = model.getDefaultEntityContainer().getEntitySet("Products");
    check("reads an entry", id.equals(EntityProvider.readEntry("application/atom+xml", products, xml, READ).getProperties().get("Id")), id);
    ODataFeed retried = feed(model, root, "Products", "?$filter=" + encode("(Id eq '" + id + "' or Id eq 'another')"));
    check("asks again by id", retried.getEntries().size() == 1, "");

    HttpRequest head = HttpRequest.newBuilder(URI.create(own + "/$value")).method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<Void> announced = HTTP.send(head, HttpResponse.BodyHandlers.discarding());
    String length = announced.headers().firstValue("Content-Length").orElse("");
    String tag = announced.headers().firstValue("ETag").orElse("");
    String disposition = announced.headers().firstValue("Content-Disposition").orElse("");
    check("is told name and length", announced.statusCode() == 200 && disposition.contains("filename=\"") && length.equals(product.get("ContentLength").toString()), disposition);
    HttpResponse<InputStream> part = get(own + "/$value", "If-Range", tag, "Range", "bytes=0-" + length);
    byte[] bytes = part.body().readAllBytes();
    check("is given a part also from byte 0", part.statusCode() == 206 && bytes.length == Long.parseLong(length), part.statusCode());
    String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    check("verifies the MD5", md5.equalsIgnoreCase((String) ((Map<?, ?>) product.get("Checksum")).get("Value")), md5);
  }

  private static ODataFeed feed(Edm model, String root, String set, String query) throws Exception {
    InputStream xml = get(root + "/" + set + query, "Accept", "application/atom+xml").body();
    return EntityProvider.readFeed("application/atom+xml", model.getDefaultEntityContainer().getEntitySet(set), xml, READ);
  }

  private static HttpResponse<InputStream> get(String address, String... headers) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).headers(headers).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void check(String what, boolean holds, Object seen) {
    System.out.println((holds ? "ok   " : "FAIL ") + what + " " + seen);
    if (!holds) failures++;
  }
}
