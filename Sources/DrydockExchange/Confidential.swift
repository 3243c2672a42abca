/// What of a message must not be written down, by the places where contracts name it.
///
///     header:Authorization    /access_token    /shipping_address/*    /orders/*/email
///
/// A `*` stands for every member or element. Of a message that nobody knows there is no such list,
/// which is not the same as an empty one: nothing of its payload may be written.
public struct Confidential: Hashable, Sendable {
  /// Headers and members that hold credentials.
  public var secret: [String]
  /// Members that say something about people.
  public var personal: [String]

  /// Creates a list.
  public init(secret: [String] = [], personal: [String] = []) {
    self.secret = secret
    self.personal = personal
  }
}
