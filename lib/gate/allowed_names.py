"""Every name that a model file may hold, with its role and the reason why some honest file needs it.

Written by `python -m tests.gate_tables names` from the honest models of `tests/honest.py` and `tests/honest_more.py`,
then read line by line. A name that no honest file holds has no place here: `tests/test_gate_states.py` checks that.
"""

NAMES: dict[str, dict[str, tuple[str, str]]] = {
    "_codecs": {
        "encode": ("call", "protocols 0 to 2 write bytes as text"),
    },
    "builtins": {
        "bool": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "bytearray": ("call", "buffers of pandas' column names"),
        "bytes": ("call", "protocols 0 to 2 write empty bytes by it"),
        "dict": ("base", "the base of sklearn's Bunch under protocols 0 and 1"),
        "float": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "getattr": ("call", "a bound method that histogram boosting and scipy.stats leave in the file; never built"),
        "int": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "object": ("base", "the base that copyreg._reconstructor is given; the texts that a selector takes"),
        "set": ("call", "protocols 0 to 3 write sets by it"),
        "slice": ("call", "a range of columns"),
        "str": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "tuple": ("base", "the base of named tuples under protocols 0 and 1"),
    },
    "copyreg": {
        "_reconstructor": ("call", "protocols 0 and 1 make every object by it"),
    },
    "functools": {
        "partial": ("call", "histogram boosting's column check: check_array with two options"),
    },
    "numpy": {
        "absolute": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "arccosh": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "arcsin": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "arcsinh": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "arctan": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "arctanh": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "around": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "array": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "asarray": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "bool_": ("dtype", "the type of numbers that an encoder writes"),
        "cbrt": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "ceil": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "clip": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "cos": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "cosh": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "cumsum": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "datetime64": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "deg2rad": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "degrees": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "diff": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "dtype": ("call", "the type of every array; rebuilt from checked text"),
        "exp": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "exp2": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "expm1": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "fabs": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "float16": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "float32": ("dtype", "the type of numbers that an encoder writes"),
        "float64": ("dtype", "the type of numbers that an encoder writes"),
        "floating": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "floor": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "int16": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "int32": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "int64": ("dtype", "the type of numbers that an encoder writes"),
        "int8": ("dtype", "the type of numbers that an encoder writes"),
        "integer": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "isfinite": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "isinf": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "isnan": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "log": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "log10": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "log1p": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "log2": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "matrix": ("kind", "bisecting k-means' centres on sparse data"),
        "max": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "mean": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "median": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "min": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "nan_to_num": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "ndarray": ("kind", "the kind of every array"),
        "negative": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "number": ("dtype", "the type of numbers that an encoder writes"),
        "object_": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "rad2deg": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "radians": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "ravel": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "reciprocal": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "rint": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "round": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "sign": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "sin": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "sinh": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "sqrt": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "square": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "squeeze": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "std": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "sum": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "tan": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "tanh": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "trunc": ("function", "a function of FunctionTransformer, TransformedTargetRegressor or pooling"),
        "uint8": ("dtype", "the type of numbers that an encoder writes, or of the columns that a selector takes"),
        "vectorize": ("class", "inside a scipy.stats distribution; never built"),
    },
    "numpy._core.multiarray": {
        "_reconstruct": ("call", "every array; rebuilt from checked bytes"),
        "scalar": ("call", "single NumPy numbers; rebuilt"),
    },
    "numpy._core.numeric": {
        "_frombuffer": ("call", "every array under protocol 5; rebuilt"),
    },
    "numpy.ma": {
        "MaskedArray": ("kind", "a search's results; never built"),
    },
    "numpy.ma.core": {
        "_mareconstruct": ("call", "a search's results; never built"),
    },
    "numpy.random._mt19937": {
        "MT19937": ("kind", "the kind of a random state"),
    },
    "numpy.random._pcg64": {
        "PCG64": ("kind", "the kind of a random state"),
    },
    "numpy.random._pickle": {
        "__bit_generator_ctor": ("call", "a random state; rebuilt from its numbers"),
        "__generator_ctor": ("call", "a random generator; rebuilt from its numbers"),
        "__randomstate_ctor": ("call", "a random state; rebuilt from its numbers"),
    },
    "numpy.random.bit_generator": {
        "SeedSequence": ("kind", "a random state's seed; left behind"),
        "__pyx_unpickle_SeedSequence": ("call", "a random state's seed; left behind"),
    },
    "pandas": {
        "Index": ("kind", "names of columns; rebuilt"),
        "NA": ("constant", "the missing value that an imputer looks for"),
        "RangeIndex": ("kind", "numbers of columns; rebuilt"),
        "StringDtype": ("call", "the type of pandas' column names; rebuilt"),
    },
    "pandas.arrays": {
        "ArrowStringArray": ("class", "pandas' column names; rebuilt as texts"),
    },
    "pandas.core.indexes.base": {
        "_new_Index": ("call", "names of columns; rebuilt"),
    },
    "pyarrow.lib": {
        "_restore_array": ("call", "pandas' column names; rebuilt as texts"),
        "py_buffer": ("call", "pandas' column names; rebuilt as texts"),
        "type_for_alias": ("call", "pandas' column names; rebuilt as texts"),
    },
    "scipy._lib.array_api_compat.numpy._aliases": {
        "asarray": ("function", "a spline's own converter; set anew"),
    },
    "scipy.interpolate._bsplines": {
        "BSpline": ("class", "a spline of SplineTransformer; rebuilt from knots and weights"),
    },
    "scipy.sparse._csr": {
        "csr_matrix": ("class", "a sparse table; rebuilt from checked indices"),
    },
    "scipy.stats._continuous_distns": {
        "beta_gen": ("class", "a random search's distribution; checked, never built"),
        "chi2_gen": ("class", "a random search's distribution; checked, never built"),
        "expon_gen": ("class", "a random search's distribution; checked, never built"),
        "gamma_gen": ("class", "a random search's distribution; checked, never built"),
        "halfcauchy_gen": ("class", "a random search's distribution; checked, never built"),
        "halfnorm_gen": ("class", "a random search's distribution; checked, never built"),
        "laplace_gen": ("class", "a random search's distribution; checked, never built"),
        "logistic_gen": ("class", "a random search's distribution; checked, never built"),
        "lognorm_gen": ("class", "a random search's distribution; checked, never built"),
        "norm_gen": ("class", "a random search's distribution; checked, never built"),
        "pareto_gen": ("class", "a random search's distribution; checked, never built"),
        "reciprocal_gen": ("class", "a random search's distribution; checked, never built"),
        "t_gen": ("class", "a random search's distribution; checked, never built"),
        "triang_gen": ("class", "a random search's distribution; checked, never built"),
        "truncnorm_gen": ("class", "a random search's distribution; checked, never built"),
        "uniform_gen": ("class", "a random search's distribution; checked, never built"),
        "weibull_min_gen": ("class", "a random search's distribution; checked, never built"),
    },
    "scipy.stats._discrete_distns": {
        "binom_gen": ("class", "a random search's distribution; checked, never built"),
        "geom_gen": ("class", "a random search's distribution; checked, never built"),
        "poisson_gen": ("class", "a random search's distribution; checked, never built"),
        "randint_gen": ("class", "a random search's distribution; checked, never built"),
    },
    "scipy.stats._distn_infrastructure": {
        "rv_continuous_frozen": ("class", "a random search's distribution; checked, never built"),
        "rv_discrete_frozen": ("class", "a random search's distribution; checked, never built"),
    },
    "sklearn._loss._loss": {
        "CyAbsoluteError": ("call", "the compiled half of a loss"),
        "CyExponentialLoss": ("call", "the compiled half of a loss"),
        "CyHalfBinomialLoss": ("call", "the compiled half of a loss"),
        "CyHalfGammaLoss": ("call", "the compiled half of a loss"),
        "CyHalfMultinomialLoss": ("call", "the compiled half of a loss"),
        "CyHalfPoissonLoss": ("call", "the compiled half of a loss"),
        "CyHalfSquaredError": ("call", "the compiled half of a loss"),
        "CyHalfTweedieLoss": ("call", "the compiled half of a loss"),
        "CyHalfTweedieLossIdentity": ("call", "the compiled half of a loss"),
        "CyHuberLoss": ("call", "the compiled half of a loss"),
        "CyPinballLoss": ("call", "the compiled half of a loss"),
        "__pyx_unpickle_CyHalfMultinomialLoss": ("call", "the compiled half of a loss"),
    },
    "sklearn._loss.link": {
        "HalfLogitLink": ("class", "the link between a loss and its prediction"),
        "IdentityLink": ("class", "the link between a loss and its prediction"),
        "Interval": ("class", "the link between a loss and its prediction"),
        "LogLink": ("class", "the link between a loss and its prediction"),
        "LogitLink": ("class", "the link between a loss and its prediction"),
        "MultinomialLogit": ("class", "the link between a loss and its prediction"),
    },
    "sklearn._loss.loss": {
        "AbsoluteError": ("class", "a boosted or linear model's loss"),
        "ExponentialLoss": ("class", "a boosted or linear model's loss"),
        "HalfBinomialLoss": ("class", "a boosted or linear model's loss"),
        "HalfGammaLoss": ("class", "a boosted or linear model's loss"),
        "HalfMultinomialLoss": ("class", "a boosted or linear model's loss"),
        "HalfPoissonLoss": ("class", "a boosted or linear model's loss"),
        "HalfSquaredError": ("class", "a boosted or linear model's loss"),
        "HalfTweedieLoss": ("class", "a boosted or linear model's loss"),
        "HalfTweedieLossIdentity": ("class", "a boosted or linear model's loss"),
        "HuberLoss": ("class", "a boosted or linear model's loss"),
        "PinballLoss": ("class", "a boosted or linear model's loss"),
    },
    "sklearn.calibration": {
        "CalibratedClassifierCV": ("class", "Calibrate probabilities using isotonic, sigmoid, or temperature"),
        "_CalibratedClassifier": ("class", "Pipeline-like chaining a fitted classifier and its fitted calibrators"),
        "_SigmoidCalibration": ("class", "Sigmoid regression model"),
        "_TemperatureScaling": ("class", "Temperature scaling model"),
    },
    "sklearn.cluster._affinity_propagation": {
        "AffinityPropagation": ("class", "Perform Affinity Propagation Clustering of data"),
    },
    "sklearn.cluster._agglomerative": {
        "AgglomerativeClustering": ("class", "Agglomerative Clustering"),
        "FeatureAgglomeration": ("class", "Agglomerate features"),
    },
    "sklearn.cluster._bicluster": {
        "SpectralBiclustering": ("class", "Spectral biclustering (Kluger, 2003) [1]_"),
        "SpectralCoclustering": ("class", "Spectral Co-Clustering algorithm (Dhillon, 2001) [1]_"),
    },
    "sklearn.cluster._birch": {
        "Birch": ("class", "Implements the BIRCH clustering algorithm"),
        "_CFNode": ("class", "Each node in a CFTree is called a CFNode"),
        "_CFSubcluster": ("class", "Each subcluster in a CFNode is called a CFSubcluster"),
    },
    "sklearn.cluster._bisect_k_means": {
        "BisectingKMeans": ("class", "Bisecting K-Means clustering"),
        "_BisectingTree": ("class", "Tree structure representing the hierarchical clusters of BisectingKMeans"),
    },
    "sklearn.cluster._dbscan": {
        "DBSCAN": ("class", "Perform DBSCAN clustering from vector array or distance matrix"),
    },
    "sklearn.cluster._hdbscan.hdbscan": {
        "HDBSCAN": ("class", "Cluster data using hierarchical density-based clustering"),
    },
    "sklearn.cluster._kmeans": {
        "KMeans": ("class", "K-Means clustering"),
        "MiniBatchKMeans": ("class", "Mini-Batch K-Means clustering"),
        "_kmeans_single_lloyd": ("function", "bisecting k-means' inner step; set anew"),
    },
    "sklearn.cluster._mean_shift": {
        "MeanShift": ("class", "Mean shift clustering using a flat kernel"),
    },
    "sklearn.cluster._optics": {
        "OPTICS": ("class", "Estimate clustering structure from vector array"),
    },
    "sklearn.cluster._spectral": {
        "SpectralClustering": ("class", "Apply clustering to a projection of the normalized Laplacian"),
    },
    "sklearn.compose._column_transformer": {
        "ColumnTransformer": ("class", "Applies transformers to columns of an array or pandas DataFrame"),
        "make_column_selector": ("class", "Create a callable to select columns to be used with"),
    },
    "sklearn.compose._target": {
        "TransformedTargetRegressor": ("class", "Meta-estimator to regress on a transformed target"),
    },
    "sklearn.covariance._elliptic_envelope": {
        "EllipticEnvelope": ("class", "An object for detecting outliers in a Gaussian distributed dataset"),
    },
    "sklearn.covariance._empirical_covariance": {
        "EmpiricalCovariance": ("class", "Maximum likelihood covariance estimator"),
    },
    "sklearn.covariance._graph_lasso": {
        "GraphicalLasso": ("class", "Sparse inverse covariance estimation with an l1-penalized estimator"),
        "GraphicalLassoCV": ("class", "Sparse inverse covariance w/ cross-validated choice of the l1 penalty"),
    },
    "sklearn.covariance._robust_covariance": {
        "MinCovDet": ("class", "Minimum Covariance Determinant (MCD): robust estimator of covariance"),
    },
    "sklearn.covariance._shrunk_covariance": {
        "LedoitWolf": ("class", "LedoitWolf Estimator"),
        "OAS": ("class", "Oracle Approximating Shrinkage Estimator"),
        "ShrunkCovariance": ("class", "Covariance estimator with shrinkage"),
    },
    "sklearn.cross_decomposition._pls": {
        "CCA": ("class", "Canonical Correlation Analysis, also known as 'Mode B' PLS"),
        "PLSCanonical": ("class", "Partial Least Squares transformer and regressor"),
        "PLSRegression": ("class", "PLS regression"),
        "PLSSVD": ("class", "Partial Least Square SVD"),
    },
    "sklearn.decomposition._dict_learning": {
        "DictionaryLearning": ("class", "Dictionary learning"),
        "MiniBatchDictionaryLearning": ("class", "Mini-batch dictionary learning"),
        "SparseCoder": ("class", "Sparse coding"),
    },
    "sklearn.decomposition._factor_analysis": {
        "FactorAnalysis": ("class", "Factor Analysis (FA)"),
    },
    "sklearn.decomposition._fastica": {
        "FastICA": ("class", "FastICA: a fast algorithm for Independent Component Analysis"),
    },
    "sklearn.decomposition._incremental_pca": {
        "IncrementalPCA": ("class", "Incremental principal components analysis (IPCA)"),
    },
    "sklearn.decomposition._kernel_pca": {
        "KernelPCA": ("class", "Kernel Principal component analysis (KPCA)"),
    },
    "sklearn.decomposition._lda": {
        "LatentDirichletAllocation": ("class", "Latent Dirichlet Allocation with online variational Bayes algorithm"),
    },
    "sklearn.decomposition._nmf": {
        "MiniBatchNMF": ("class", "Mini-Batch Non-Negative Matrix Factorization (NMF)"),
        "NMF": ("class", "Non-Negative Matrix Factorization (NMF)"),
    },
    "sklearn.decomposition._pca": {
        "PCA": ("class", "Principal component analysis (PCA)"),
    },
    "sklearn.decomposition._sparse_pca": {
        "MiniBatchSparsePCA": ("class", "Mini-batch Sparse Principal Components Analysis"),
        "SparsePCA": ("class", "Sparse Principal Components Analysis (SparsePCA)"),
    },
    "sklearn.decomposition._truncated_svd": {
        "TruncatedSVD": ("class", "Dimensionality reduction using truncated SVD (aka LSA)"),
    },
    "sklearn.discriminant_analysis": {
        "LinearDiscriminantAnalysis": ("class", "Linear Discriminant Analysis"),
        "QuadraticDiscriminantAnalysis": ("class", "Quadratic Discriminant Analysis"),
    },
    "sklearn.dummy": {
        "DummyClassifier": ("class", "DummyClassifier makes predictions that ignore the input features"),
        "DummyRegressor": ("class", "Regressor that makes predictions using simple rules"),
    },
    "sklearn.ensemble._bagging": {
        "BaggingClassifier": ("class", "A Bagging classifier"),
        "BaggingRegressor": ("class", "A Bagging regressor"),
    },
    "sklearn.ensemble._forest": {
        "ExtraTreesClassifier": ("class", "An extra-trees classifier"),
        "ExtraTreesRegressor": ("class", "An extra-trees regressor"),
        "RandomForestClassifier": ("class", "A random forest classifier"),
        "RandomForestRegressor": ("class", "A random forest regressor"),
        "RandomTreesEmbedding": ("class", "An ensemble of totally random trees"),
    },
    "sklearn.ensemble._gb": {
        "GradientBoostingClassifier": ("class", "Gradient Boosting for classification"),
        "GradientBoostingRegressor": ("class", "Gradient Boosting for regression"),
    },
    "sklearn.ensemble._hist_gradient_boosting.binning": {
        "_BinMapper": ("class", "Transformer that maps a dataset into integer-valued bins"),
    },
    "sklearn.ensemble._hist_gradient_boosting.gradient_boosting": {
        "HistGradientBoostingClassifier": ("class", "Histogram-based Gradient Boosting Classification Tree"),
        "HistGradientBoostingRegressor": ("class", "Histogram-based Gradient Boosting Regression Tree"),
    },
    "sklearn.ensemble._hist_gradient_boosting.predictor": {
        "TreePredictor": ("class", "Tree class used for predictions"),
    },
    "sklearn.ensemble._iforest": {
        "IsolationForest": ("class", "Isolation Forest Algorithm"),
    },
    "sklearn.ensemble._stacking": {
        "StackingClassifier": ("class", "Stack of estimators with a final classifier"),
        "StackingRegressor": ("class", "Stack of estimators with a final regressor"),
    },
    "sklearn.ensemble._voting": {
        "VotingClassifier": ("class", "Soft Voting/Majority Rule classifier for unfitted estimators"),
        "VotingRegressor": ("class", "Prediction voting regressor for unfitted estimators"),
    },
    "sklearn.ensemble._weight_boosting": {
        "AdaBoostClassifier": ("class", "An AdaBoost classifier"),
        "AdaBoostRegressor": ("class", "An AdaBoost regressor"),
    },
    "sklearn.feature_extraction._dict_vectorizer": {
        "DictVectorizer": ("class", "Transforms lists of feature-value mappings to vectors"),
    },
    "sklearn.feature_extraction._hash": {
        "FeatureHasher": ("class", "Implements feature hashing, aka the hashing trick"),
    },
    "sklearn.feature_extraction.image": {
        "PatchExtractor": ("class", "Extracts patches from a collection of images"),
    },
    "sklearn.feature_extraction.text": {
        "CountVectorizer": ("class", "Convert a collection of text documents to a matrix of token counts"),
        "HashingVectorizer": ("class", "Convert a collection of text documents to a matrix of token occurrences"),
        "TfidfTransformer": ("class", "Transform a count matrix to a normalized tf or tf-idf representation"),
        "TfidfVectorizer": ("class", "Convert a collection of raw documents to a matrix of TF-IDF features"),
    },
    "sklearn.feature_selection._from_model": {
        "SelectFromModel": ("class", "Meta-transformer for selecting features based on importance weights"),
    },
    "sklearn.feature_selection._mutual_info": {
        "mutual_info_classif": ("function", "Estimate mutual information for a discrete target variable"),
        "mutual_info_regression": ("function", "Estimate mutual information for a continuous target variable"),
    },
    "sklearn.feature_selection._rfe": {
        "RFE": ("class", "Feature ranking with recursive feature elimination"),
        "RFECV": ("class", "Recursive feature elimination with cross-validation to select features"),
    },
    "sklearn.feature_selection._sequential": {
        "SequentialFeatureSelector": ("class", "Transformer that performs Sequential Feature Selection"),
    },
    "sklearn.feature_selection._univariate_selection": {
        "GenericUnivariateSelect": ("class", "Univariate feature selector with configurable strategy"),
        "SelectFdr": ("class", "Filter: Select the p-values for an estimated false discovery rate"),
        "SelectFpr": ("class", "Filter: Select the pvalues below alpha based on a FPR test"),
        "SelectFwe": ("class", "Filter: Select the p-values corresponding to Family-wise error rate"),
        "SelectKBest": ("class", "Select features according to the k highest scores"),
        "SelectPercentile": ("class", "Select features according to a percentile of the highest scores"),
        "chi2": ("function", "Compute chi-squared stats between each non-negative feature and class"),
        "f_classif": ("function", "Compute the ANOVA F-value for the provided sample"),
        "f_regression": ("function", "Univariate linear regression tests returning F-statistic and p-values"),
        "r_regression": ("function", "Compute Pearson's r for each features and the target"),
    },
    "sklearn.feature_selection._variance_threshold": {
        "VarianceThreshold": ("class", "Feature selector that removes all low-variance features"),
    },
    "sklearn.frozen._frozen": {
        "FrozenEstimator": ("class", "Estimator that wraps a fitted estimator to prevent re-fitting"),
    },
    "sklearn.gaussian_process._gpc": {
        "GaussianProcessClassifier": ("class", "Gaussian process classification (GPC) based on Laplace"),
        "_BinaryGaussianProcessClassifierLaplace": ("class", "Binary Gaussian process classification based on"),
    },
    "sklearn.gaussian_process._gpr": {
        "GaussianProcessRegressor": ("class", "Gaussian process regression (GPR)"),
    },
    "sklearn.gaussian_process.kernels": {
        "CompoundKernel": ("class", "Kernel which is composed of a set of other kernels"),
        "ConstantKernel": ("class", "Constant kernel"),
        "DotProduct": ("class", "Dot-Product kernel"),
        "ExpSineSquared": ("class", "Exp-Sine-Squared kernel (aka periodic kernel)"),
        "Exponentiation": ("class", "The Exponentiation kernel takes one base kernel and a scalar parameter"),
        "Matern": ("class", "Matern kernel"),
        "PairwiseKernel": ("class", "Wrapper for kernels in sklearn.metrics.pairwise"),
        "Product": ("class", "The `Product` kernel takes two kernels :math:`k_1` and :math:`k_2`"),
        "RBF": ("class", "Radial basis function kernel (aka squared-exponential kernel)"),
        "RationalQuadratic": ("class", "Rational Quadratic kernel"),
        "Sum": ("class", "The `Sum` kernel takes two kernels :math:`k_1` and :math:`k_2`"),
        "WhiteKernel": ("class", "White kernel"),
    },
    "sklearn.impute._base": {
        "MissingIndicator": ("class", "Binary indicators for missing values"),
        "SimpleImputer": ("class", "Univariate imputer for completing missing values with simple strategies"),
    },
    "sklearn.impute._iterative": {
        "IterativeImputer": ("class", "Multivariate imputer that estimates each feature from all the others"),
        "_ImputerTriplet": ("record", "_ImputerTriplet(feat_idx, neighbor_feat_idx, estimator)"),
    },
    "sklearn.impute._knn": {
        "KNNImputer": ("class", "Imputation for completing missing values using k-Nearest Neighbors"),
    },
    "sklearn.isotonic": {
        "IsotonicRegression": ("class", "Isotonic regression model"),
    },
    "sklearn.kernel_approximation": {
        "AdditiveChi2Sampler": ("class", "Approximate feature map for additive chi2 kernel"),
        "Nystroem": ("class", "Approximate a kernel map using a subset of the training data"),
        "PolynomialCountSketch": ("class", "Polynomial kernel approximation via Tensor Sketch"),
        "RBFSampler": ("class", "Approximate an RBF kernel feature map using random Fourier features"),
        "SkewedChi2Sampler": ("class", "Approximate feature map for 'skewed chi-squared' kernel"),
    },
    "sklearn.kernel_ridge": {
        "KernelRidge": ("class", "Kernel ridge regression"),
    },
    "sklearn.linear_model._base": {
        "LinearRegression": ("class", "Ordinary least squares Linear Regression"),
    },
    "sklearn.linear_model._bayes": {
        "ARDRegression": ("class", "Bayesian ARD regression"),
        "BayesianRidge": ("class", "Bayesian ridge regression"),
    },
    "sklearn.linear_model._coordinate_descent": {
        "ElasticNet": ("class", "Linear regression with combined L1 and L2 priors as regularizer"),
        "ElasticNetCV": ("class", "Elastic Net model with iterative fitting along a regularization path"),
        "Lasso": ("class", "Linear Model trained with L1 prior as regularizer (aka the Lasso)"),
        "LassoCV": ("class", "Lasso linear model with iterative fitting along a regularization path"),
        "MultiTaskElasticNet": ("class", "Multi-task ElasticNet model trained with L1/L2 mixed-norm as regularizer"),
        "MultiTaskElasticNetCV": ("class", "Multi-task L1/L2 ElasticNet with built-in cross-validation"),
        "MultiTaskLasso": ("class", "Multi-task Lasso model trained with L1/L2 mixed-norm as regularizer"),
        "MultiTaskLassoCV": ("class", "Multi-task Lasso model trained with L1/L2 mixed-norm as regularizer"),
    },
    "sklearn.linear_model._glm.glm": {
        "GammaRegressor": ("class", "Generalized Linear Model with a Gamma distribution"),
        "PoissonRegressor": ("class", "Generalized Linear Model with a Poisson distribution"),
        "TweedieRegressor": ("class", "Generalized Linear Model with a Tweedie distribution"),
    },
    "sklearn.linear_model._huber": {
        "HuberRegressor": ("class", "L2-regularized linear regression model that is robust to outliers"),
    },
    "sklearn.linear_model._least_angle": {
        "Lars": ("class", "Least Angle Regression model aka LAR"),
        "LarsCV": ("class", "Cross-validated Least Angle Regression model"),
        "LassoLars": ("class", "Lasso model fit with Least Angle Regression aka Lars"),
        "LassoLarsCV": ("class", "Cross-validated Lasso, using the LARS algorithm"),
        "LassoLarsIC": ("class", "Lasso model fit with Lars using BIC or AIC for model selection"),
    },
    "sklearn.linear_model._logistic": {
        "LogisticRegression": ("class", "Logistic Regression (aka logit, MaxEnt) classifier"),
        "LogisticRegressionCV": ("class", "Logistic Regression CV (aka logit, MaxEnt) classifier"),
    },
    "sklearn.linear_model._omp": {
        "OrthogonalMatchingPursuit": ("class", "Orthogonal Matching Pursuit model (OMP)"),
        "OrthogonalMatchingPursuitCV": ("class", "Cross-validated Orthogonal Matching Pursuit model (OMP)"),
    },
    "sklearn.linear_model._passive_aggressive": {
        "PassiveAggressiveClassifier": ("class", "Passive Aggressive Classifier"),
        "PassiveAggressiveRegressor": ("class", "Passive Aggressive Regressor"),
    },
    "sklearn.linear_model._perceptron": {
        "Perceptron": ("class", "Linear perceptron classifier"),
    },
    "sklearn.linear_model._quantile": {
        "QuantileRegressor": ("class", "Linear regression model that predicts conditional quantiles"),
    },
    "sklearn.linear_model._ransac": {
        "RANSACRegressor": ("class", "RANSAC (RANdom SAmple Consensus) algorithm"),
    },
    "sklearn.linear_model._ridge": {
        "Ridge": ("class", "Linear least squares with l2 regularization"),
        "RidgeCV": ("class", "Ridge regression with built-in cross-validation"),
        "RidgeClassifier": ("class", "Classifier using Ridge regression"),
        "RidgeClassifierCV": ("class", "Ridge classifier with built-in cross-validation"),
    },
    "sklearn.linear_model._sgd_fast": {
        "EpsilonInsensitive": ("call", "the loss of a model trained by gradient steps"),
        "Hinge": ("call", "the loss of a model trained by gradient steps"),
        "ModifiedHuber": ("call", "the loss of a model trained by gradient steps"),
        "SquaredEpsilonInsensitive": ("call", "the loss of a model trained by gradient steps"),
        "SquaredHinge": ("call", "the loss of a model trained by gradient steps"),
    },
    "sklearn.linear_model._stochastic_gradient": {
        "SGDClassifier": ("class", "Linear classifiers (SVM, logistic regression, etc.) with SGD training"),
        "SGDOneClassSVM": ("class", "Solves linear One-Class SVM using Stochastic Gradient Descent"),
        "SGDRegressor": ("class", "Linear model fitted by minimizing a regularized empirical loss with SGD"),
    },
    "sklearn.linear_model._theil_sen": {
        "TheilSenRegressor": ("class", "Theil-Sen Estimator: robust multivariate regression model"),
    },
    "sklearn.manifold._classical_mds": {
        "ClassicalMDS": ("class", "Classical multidimensional scaling (MDS)"),
    },
    "sklearn.manifold._isomap": {
        "Isomap": ("class", "Isomap Embedding"),
    },
    "sklearn.manifold._locally_linear": {
        "LocallyLinearEmbedding": ("class", "Locally Linear Embedding"),
    },
    "sklearn.manifold._mds": {
        "MDS": ("class", "Multidimensional scaling"),
    },
    "sklearn.manifold._spectral_embedding": {
        "SpectralEmbedding": ("class", "Spectral embedding for non-linear dimensionality reduction"),
    },
    "sklearn.manifold._t_sne": {
        "TSNE": ("class", "T-distributed Stochastic Neighbor Embedding"),
    },
    "sklearn.metrics._classification": {
        "accuracy_score": ("function", "a measure that a search scores by"),
        "balanced_accuracy_score": ("function", "a measure that a search scores by"),
        "brier_score_loss": ("function", "a measure that a search scores by"),
        "d2_brier_score": ("function", "a measure that a search scores by"),
        "d2_log_loss_score": ("function", "a measure that a search scores by"),
        "f1_score": ("function", "a measure that a search scores by"),
        "fbeta_score": ("function", "a measure that a search scores by"),
        "jaccard_score": ("function", "a measure that a search scores by"),
        "log_loss": ("function", "a measure that a search scores by"),
        "matthews_corrcoef": ("function", "a measure that a search scores by"),
        "precision_score": ("function", "a measure that a search scores by"),
        "recall_score": ("function", "a measure that a search scores by"),
    },
    "sklearn.metrics._dist_metrics": {
        "BrayCurtisDistance64": ("kind", "a distance: rebuilt by its name"),
        "CanberraDistance64": ("kind", "a distance: rebuilt by its name"),
        "ChebyshevDistance64": ("kind", "a distance: rebuilt by its name"),
        "DiceDistance64": ("kind", "a distance: rebuilt by its name"),
        "EuclideanDistance64": ("kind", "a distance: rebuilt by its name"),
        "HammingDistance64": ("kind", "a distance: rebuilt by its name"),
        "HaversineDistance64": ("kind", "a distance: rebuilt by its name"),
        "JaccardDistance64": ("kind", "a distance: rebuilt by its name"),
        "MahalanobisDistance64": ("kind", "a distance: rebuilt by its name"),
        "ManhattanDistance64": ("kind", "a distance: rebuilt by its name"),
        "MinkowskiDistance64": ("kind", "a distance: rebuilt by its name"),
        "RogersTanimotoDistance64": ("kind", "a distance: rebuilt by its name"),
        "RussellRaoDistance64": ("kind", "a distance: rebuilt by its name"),
        "SEuclideanDistance64": ("kind", "a distance: rebuilt by its name"),
        "SokalSneathDistance64": ("kind", "a distance: rebuilt by its name"),
        "newObj": ("call", "distances are made by it; rebuilt by name"),
    },
    "sklearn.metrics._ranking": {
        "average_precision_score": ("function", "a measure that a search scores by"),
        "roc_auc_score": ("function", "a measure that a search scores by"),
        "top_k_accuracy_score": ("function", "a measure that a search scores by"),
    },
    "sklearn.metrics._regression": {
        "d2_absolute_error_score": ("function", "a measure that a search scores by"),
        "explained_variance_score": ("function", "a measure that a search scores by"),
        "max_error": ("function", "a measure that a search scores by"),
        "mean_absolute_error": ("function", "a measure that a search scores by"),
        "mean_absolute_percentage_error": ("function", "a measure that a search scores by"),
        "mean_gamma_deviance": ("function", "a measure that a search scores by"),
        "mean_poisson_deviance": ("function", "a measure that a search scores by"),
        "mean_squared_error": ("function", "a measure that a search scores by"),
        "mean_squared_log_error": ("function", "a measure that a search scores by"),
        "median_absolute_error": ("function", "a measure that a search scores by"),
        "r2_score": ("function", "a measure that a search scores by"),
        "root_mean_squared_error": ("function", "a measure that a search scores by"),
        "root_mean_squared_log_error": ("function", "a measure that a search scores by"),
    },
    "sklearn.metrics._scorer": {
        "_CurveScorer": ("class", "a measure that a search scores by"),
        "_PassthroughScorer": ("class", "a measure that a search scores by"),
        "_Scorer": ("class", "a measure that a search scores by"),
        "negative_likelihood_ratio": ("function", "a measure that a search scores by"),
        "positive_likelihood_ratio": ("function", "a measure that a search scores by"),
    },
    "sklearn.metrics.cluster._supervised": {
        "adjusted_mutual_info_score": ("function", "a measure that a search scores by"),
        "adjusted_rand_score": ("function", "a measure that a search scores by"),
        "completeness_score": ("function", "a measure that a search scores by"),
        "fowlkes_mallows_score": ("function", "a measure that a search scores by"),
        "homogeneity_score": ("function", "a measure that a search scores by"),
        "mutual_info_score": ("function", "a measure that a search scores by"),
        "normalized_mutual_info_score": ("function", "a measure that a search scores by"),
        "rand_score": ("function", "a measure that a search scores by"),
        "v_measure_score": ("function", "a measure that a search scores by"),
    },
    "sklearn.mixture._bayesian_mixture": {
        "BayesianGaussianMixture": ("class", "Variational Bayesian estimation of a Gaussian mixture"),
    },
    "sklearn.mixture._gaussian_mixture": {
        "GaussianMixture": ("class", "Gaussian Mixture"),
    },
    "sklearn.model_selection._classification_threshold": {
        "FixedThresholdClassifier": ("class", "Binary classifier that manually sets the decision threshold"),
        "TunedThresholdClassifierCV": ("class", "Classifier that post-tunes the decision threshold using"),
    },
    "sklearn.model_selection._search": {
        "GridSearchCV": ("class", "Exhaustive search over specified parameter values for an estimator"),
        "RandomizedSearchCV": ("class", "Randomized search on hyper parameters"),
    },
    "sklearn.model_selection._search_successive_halving": {
        "HalvingGridSearchCV": ("class", "Search over specified parameter values with successive halving"),
        "HalvingRandomSearchCV": ("class", "Randomized search on hyper parameters"),
    },
    "sklearn.model_selection._split": {
        "GroupKFold": ("class", "how a search split its data; checked, never built"),
        "GroupShuffleSplit": ("class", "how a search split its data; checked, never built"),
        "KFold": ("class", "how a search split its data; checked, never built"),
        "LeaveOneGroupOut": ("class", "how a search split its data; checked, never built"),
        "LeaveOneOut": ("class", "how a search split its data; checked, never built"),
        "LeavePGroupsOut": ("class", "how a search split its data; checked, never built"),
        "LeavePOut": ("class", "how a search split its data; checked, never built"),
        "PredefinedSplit": ("class", "how a search split its data; checked, never built"),
        "RepeatedKFold": ("class", "how a search split its data; checked, never built"),
        "ShuffleSplit": ("class", "how a search split its data; checked, never built"),
        "StratifiedGroupKFold": ("class", "how a search split its data; checked, never built"),
        "StratifiedKFold": ("class", "how a search split its data; checked, never built"),
        "TimeSeriesSplit": ("class", "how a search split its data; checked, never built"),
        "_CVIterableWrapper": ("class", "how a search split its data; checked, never built"),
    },
    "sklearn.multiclass": {
        "OneVsOneClassifier": ("class", "One-vs-one multiclass strategy"),
        "OneVsRestClassifier": ("class", "One-vs-the-rest (OvR) multiclass strategy"),
        "OutputCodeClassifier": ("class", "(Error-Correcting) Output-Code multiclass strategy"),
        "_ConstantPredictor": ("class", "Helper predictor to be used when only one class is present"),
    },
    "sklearn.multioutput": {
        "ClassifierChain": ("class", "A multi-label model that arranges binary classifiers into a chain"),
        "MultiOutputClassifier": ("class", "Multi target classification"),
        "MultiOutputRegressor": ("class", "Multi target regression"),
        "RegressorChain": ("class", "A multi-label model that arranges regressions into a chain"),
    },
    "sklearn.naive_bayes": {
        "BernoulliNB": ("class", "Naive Bayes classifier for multivariate Bernoulli models"),
        "CategoricalNB": ("class", "Naive Bayes classifier for categorical features"),
        "ComplementNB": ("class", "The Complement Naive Bayes classifier described in Rennie et al. (2003)"),
        "GaussianNB": ("class", "Gaussian Naive Bayes (GaussianNB)"),
        "MultinomialNB": ("class", "Naive Bayes classifier for multinomial models"),
    },
    "sklearn.neighbors._ball_tree": {
        "BallTree": ("kind", "neighbours' index; rebuilt from its points"),
        "newObj": ("call", "neighbours' index; rebuilt from its points"),
    },
    "sklearn.neighbors._classification": {
        "KNeighborsClassifier": ("class", "Classifier implementing the k-nearest neighbors vote"),
        "RadiusNeighborsClassifier": ("class", "Classifier implementing a vote among neighbors within a given"),
    },
    "sklearn.neighbors._graph": {
        "KNeighborsTransformer": ("class", "Transform X into a (weighted) graph of k nearest neighbors"),
        "RadiusNeighborsTransformer": ("class", "Transform X into a (weighted) graph of neighbors nearer than a"),
    },
    "sklearn.neighbors._kd_tree": {
        "KDTree": ("kind", "neighbours' index; rebuilt from its points"),
        "newObj": ("call", "neighbours' index; rebuilt from its points"),
    },
    "sklearn.neighbors._kde": {
        "KernelDensity": ("class", "Kernel Density Estimation"),
    },
    "sklearn.neighbors._lof": {
        "LocalOutlierFactor": ("class", "Unsupervised Outlier Detection using the Local Outlier Factor (LOF)"),
    },
    "sklearn.neighbors._nca": {
        "NeighborhoodComponentsAnalysis": ("class", "Neighborhood Components Analysis"),
    },
    "sklearn.neighbors._nearest_centroid": {
        "NearestCentroid": ("class", "Nearest centroid classifier"),
    },
    "sklearn.neighbors._regression": {
        "KNeighborsRegressor": ("class", "Regression based on k-nearest neighbors"),
        "RadiusNeighborsRegressor": ("class", "Regression based on neighbors within a fixed radius"),
    },
    "sklearn.neighbors._unsupervised": {
        "NearestNeighbors": ("class", "Unsupervised learner for implementing neighbor searches"),
    },
    "sklearn.neural_network._multilayer_perceptron": {
        "MLPClassifier": ("class", "Multi-layer Perceptron classifier"),
        "MLPRegressor": ("class", "Multi-layer Perceptron regressor"),
    },
    "sklearn.neural_network._rbm": {
        "BernoulliRBM": ("class", "Bernoulli Restricted Boltzmann Machine (RBM)"),
    },
    "sklearn.neural_network._stochastic_optimizers": {
        "AdamOptimizer": ("class", "Stochastic gradient descent optimizer with Adam"),
        "SGDOptimizer": ("class", "Stochastic gradient descent optimizer with momentum"),
    },
    "sklearn.pipeline": {
        "FeatureUnion": ("class", "Concatenates results of multiple transformer objects"),
        "Pipeline": ("class", "A sequence of data transformers with an optional final predictor"),
    },
    "sklearn.preprocessing._data": {
        "Binarizer": ("class", "Binarize data (set feature values to 0 or 1) according to a threshold"),
        "KernelCenterer": ("class", "Center an arbitrary kernel matrix :math:`K`"),
        "MaxAbsScaler": ("class", "Scale each feature by its maximum absolute value"),
        "MinMaxScaler": ("class", "Transform features by scaling each feature to a given range"),
        "Normalizer": ("class", "Normalize samples individually to unit norm"),
        "PowerTransformer": ("class", "Apply a power transform featurewise to make data more Gaussian-like"),
        "QuantileTransformer": ("class", "Transform features using quantiles information"),
        "RobustScaler": ("class", "Scale features using statistics that are robust to outliers"),
        "StandardScaler": ("class", "Standardize features by removing the mean and scaling to unit variance"),
    },
    "sklearn.preprocessing._discretization": {
        "KBinsDiscretizer": ("class", "Bin continuous data into intervals"),
    },
    "sklearn.preprocessing._encoders": {
        "OneHotEncoder": ("class", "Encode categorical features as a one-hot numeric array"),
        "OrdinalEncoder": ("class", "Encode categorical features as an integer array"),
    },
    "sklearn.preprocessing._function_transformer": {
        "FunctionTransformer": ("class", "Constructs a transformer from an arbitrary callable"),
    },
    "sklearn.preprocessing._label": {
        "LabelBinarizer": ("class", "Binarize labels in a one-vs-all fashion"),
        "LabelEncoder": ("class", "Encode target labels with value between 0 and n_classes-1"),
        "MultiLabelBinarizer": ("class", "Transform between iterable of iterables and a multilabel format"),
    },
    "sklearn.preprocessing._polynomial": {
        "PolynomialFeatures": ("class", "Generate polynomial and interaction features"),
        "SplineTransformer": ("class", "Generate univariate B-spline bases for features"),
    },
    "sklearn.preprocessing._target_encoder": {
        "TargetEncoder": ("class", "Target Encoder for regression and classification targets"),
    },
    "sklearn.random_projection": {
        "GaussianRandomProjection": ("class", "Reduce dimensionality through Gaussian random projection"),
        "SparseRandomProjection": ("class", "Reduce dimensionality through sparse random projection"),
    },
    "sklearn.semi_supervised._label_propagation": {
        "LabelPropagation": ("class", "Label Propagation classifier"),
        "LabelSpreading": ("class", "LabelSpreading model for semi-supervised learning"),
    },
    "sklearn.semi_supervised._self_training": {
        "SelfTrainingClassifier": ("class", "Self-training classifier"),
    },
    "sklearn.svm._classes": {
        "LinearSVC": ("class", "Linear Support Vector Classification"),
        "LinearSVR": ("class", "Linear Support Vector Regression"),
        "NuSVC": ("class", "Nu-Support Vector Classification"),
        "NuSVR": ("class", "Nu Support Vector Regression"),
        "OneClassSVM": ("class", "Unsupervised Outlier Detection"),
        "SVC": ("class", "C-Support Vector Classification"),
        "SVR": ("class", "Epsilon-Support Vector Regression"),
    },
    "sklearn.tree._classes": {
        "DecisionTreeClassifier": ("class", "A decision tree classifier"),
        "DecisionTreeRegressor": ("class", "A decision tree regressor"),
        "ExtraTreeClassifier": ("class", "An extremely randomized tree classifier"),
        "ExtraTreeRegressor": ("class", "An extremely randomized tree regressor"),
    },
    "sklearn.tree._tree": {
        "Tree": ("call", "a decision tree; its nodes are checked one by one"),
    },
    "sklearn.utils._bunch": {
        "Bunch": ("class", "Container object exposing keys as attributes"),
    },
    "sklearn.utils._metadata_requests": {
        "MetadataRequest": ("class", "Container for storing metadata request info and an associated consumer"),
        "MethodMetadataRequest": ("class", "Container for metadata requests associated with a single method"),
    },
    "sklearn.utils.validation": {
        "check_array": ("function", "histogram boosting's column check"),
    },
}
