import DrydockExchange

/// The calls that Loop's interface takes here, and what each is called in drydock.
enum LoopOperation: String, CaseIterable, Hashable, Sendable {
  case returnRead = "return-read"
  case returnsList = "returns-list"
  case returnProcess = "return-process"
  case returnCancel = "return-cancel"
  case returnClose = "return-close"
  case returnNote = "return-note"
  case returnFlag = "return-flag"
  case gradeCreate = "grade-create"

  /// The method that asks for it.
  var method: String {
    self == .returnRead || self == .returnsList ? "GET" : "POST"
  }

  /// The path below the base; `*` stands for an identifier.
  var template: [Substring] {
    switch self {
    case .returnRead: ["warehouse", "return", "details"]
    case .returnsList: ["warehouse", "return", "list"]
    case .returnProcess: ["warehouse", "return", "*", "process"]
    case .returnCancel: ["warehouse", "return", "*", "cancel"]
    case .returnClose: ["warehouse", "return", "*", "close"]
    case .returnNote: ["warehouse", "return", "*", "note"]
    case .returnFlag: ["warehouse", "return", "*", "flag"]
    case .gradeCreate: ["dispositioning", "grade"]
    }
  }
}

/// What a request's method and path ask for.
enum LoopRoute: Hashable, Sendable {
  /// A call, with the identifier in the path, if it has one.
  case operation(LoopOperation, identifier: Int64)
  /// A path that exists, with a method it does not take.
  case wrongMethod
  /// No such path.
  case unknown

  /// Reads the route of a request.
  init(_ request: Request) {
    let segments = request.path.split(separator: "/", omittingEmptySubsequences: false)
    // "", "api", "v1", rest
    guard segments.count >= 4, segments[0].isEmpty, segments[1] == "api", segments[2] == "v1"
    else {
      self = .unknown
      return
    }
    var isKnown = false
    for operation in LoopOperation.allCases {
      guard let identifier = Self.match(segments[3...], operation.template) else { continue }
      isKnown = true
      if operation.method == request.method {
        self = .operation(operation, identifier: identifier)
        return
      }
    }
    self = isKnown ? .wrongMethod : .unknown
  }

  private static func match(_ path: ArraySlice<Substring>, _ template: [Substring]) -> Int64? {
    guard path.count == template.count else { return nil }
    var identifier: Int64 = 0
    for (segment, part) in zip(path, template) {
      guard part == "*" else {
        guard segment == part else { return nil }
        continue
      }
      guard !segment.isEmpty, segment.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
        let number = Int64(segment)
      else { return nil }
      identifier = number
    }
    return identifier
  }
}
