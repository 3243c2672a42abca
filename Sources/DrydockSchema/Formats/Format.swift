/// A format that strings can be held to.
enum Format: UInt8, Hashable, Sendable, CaseIterable {
  case dateTime
  case date
  case time
  case duration
  case email
  case idnEmail
  case hostname
  case idnHostname
  case ipv4
  case ipv6
  case uri
  case uriReference
  case iri
  case iriReference
  case uriTemplate
  case uuid
  case jsonPointer
  case relativeJSONPointer
  case regex

  /// The name in schemas.
  var name: String {
    switch self {
    case .dateTime: "date-time"
    case .date: "date"
    case .time: "time"
    case .duration: "duration"
    case .email: "email"
    case .idnEmail: "idn-email"
    case .hostname: "hostname"
    case .idnHostname: "idn-hostname"
    case .ipv4: "ipv4"
    case .ipv6: "ipv6"
    case .uri: "uri"
    case .uriReference: "uri-reference"
    case .iri: "iri"
    case .iriReference: "iri-reference"
    case .uriTemplate: "uri-template"
    case .uuid: "uuid"
    case .jsonPointer: "json-pointer"
    case .relativeJSONPointer: "relative-json-pointer"
    case .regex: "regex"
    }
  }

  /// Finds a format of a dialect by its name; names without meaning there give nil.
  init?(name: String, dialect: SchemaDialect) {
    guard let format = Format.allCases.first(where: { $0.name == name }) else { return nil }
    if dialect == .draft07, format == .duration || format == .uuid { return nil }
    self = format
  }

  /// Returns whether a text has this format.
  func accepts(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var text = FormatReader(bytes, range)
    switch self {
    case .dateTime: return DateTimeFormats.isDateTime(&text)
    case .date: return DateTimeFormats.isDate(&text) && text.isAtEnd
    case .time: return DateTimeFormats.isTime(&text) && text.isAtEnd
    case .duration: return DateTimeFormats.isDuration(&text)
    case .email: return HostFormats.isEmail(text, international: false)
    case .idnEmail: return HostFormats.isEmail(text, international: true)
    case .hostname: return HostFormats.isHostname(text)
    case .idnHostname: return InternationalHostname.isValid(text.string)
    case .ipv4: return HostFormats.isIPv4(text)
    case .ipv6: return HostFormats.isIPv6(text)
    case .uri: return URIFormats.isURI(text, international: false, relative: false)
    case .uriReference: return URIFormats.isURI(text, international: false, relative: true)
    case .iri: return URIFormats.isURI(text, international: true, relative: false)
    case .iriReference: return URIFormats.isURI(text, international: true, relative: true)
    case .uriTemplate: return URIFormats.isTemplate(text)
    case .uuid: return PointerFormats.isUUID(text)
    case .jsonPointer: return PointerFormats.isPointer(text)
    case .relativeJSONPointer: return PointerFormats.isRelativePointer(text)
    case .regex: return Pattern.isWellFormed(text.string)
    }
  }
}
